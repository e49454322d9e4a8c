import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { outage } from '../logging/outage.ts';
import type { Every } from '../timing/every.ts';
import { ChannelBus } from './channel-bus.ts';
import { type ClusterBus, singleNode } from './cluster-bus.ts';
import { openRedisChannel } from './redis-channel.ts';
import { messageSigner } from './signature.ts';

export interface ClusterBusParts {
  redisUrl: string | null;
  secretKey: string;
  every: Every;
  logger: Logger;
}

const CLOSE_TIMEOUT_MS = 500;

/** Opens the message bus over Redis, if a URL is configured. Redis may be unreachable now and at any time later. */
export function openClusterBus({ redisUrl, secretKey, every, logger }: ClusterBusParts): ClusterBus {
  if (redisUrl === null) return singleNode;
  const signer = messageSigner(secretKey);
  return new ChannelBus({
    signer,
    every,
    open: (listener) =>
      openRedisChannel({ url: redisUrl, channel: signer.channel, outage: outage(logger, 'Redis'), listener }),
    closeTimeout: () => delay(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
    onError: (error) => logger.error({ err: error }, 'handling a cluster message failed'),
  });
}
