import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { outage } from '../logging/outage.ts';
import type { Every } from '../realtime/ports.ts';
import { NodeBus } from './channel-bus.ts';
import { type NodeTalk, soleNode } from './cluster-bus.ts';
import { openRedisChannel } from './redis-channel.ts';
import { createSeal } from './signature.ts';

export interface NodeTalkParts {
  redisUrl: string | null;
  secretKey: string;
  every: Every;
  logger: Logger;
}

/** Over Redis where there is one. It need not be there yet, nor stay. */
export function openNodeTalk({ redisUrl, secretKey, every, logger }: NodeTalkParts): NodeTalk {
  if (redisUrl === null) return soleNode;
  const seal = createSeal(secretKey);
  return new NodeBus({
    seal,
    every,
    open: (listener) =>
      openRedisChannel({ url: redisUrl, channel: seal.channel, outage: outage(logger, 'Redis'), listener }),
    farewell: () => delay(500, undefined, { ref: false }),
    onError: (error) => logger.error({ err: error }, 'what another node said could not be taken'),
  });
}
