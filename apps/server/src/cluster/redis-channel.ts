import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@redis/client';
import type { Outage } from '../logging/outage.ts';
import type { Channel, ChannelListener } from './channel.ts';

export interface RedisChannelParts {
  url: string;
  channel: string;
  outage: Outage;
  listener: ChannelListener;
}

const CONNECT_WITHIN_MS = 3_000;
const [SHORTEST_WAIT_MS, LONGEST_WAIT_MS] = [100, 2_000];

/** Redis publish and subscribe. Connects by itself, again and again: absent, gone or frozen, it costs nothing but what it carried. */
export function openRedisChannel(parts: RedisChannelParts): Channel {
  const closing = new AbortController();
  let connection: Connection | null = null;
  const running = stayConnected(parts, closing.signal, (now) => (connection = now));
  return {
    get isOpen() {
      return connection !== null;
    },
    async say(text) {
      if (connection === null) throw new Error('there is no connection to Redis');
      await connection.say(text);
    },
    reopen: () => connection?.end(),
    async close() {
      closing.abort();
      connection?.end();
      await running;
    },
  };
}

interface Connection {
  say(text: string): Promise<unknown>;
  ended: Promise<unknown>;
  end(): void;
}

async function stayConnected(
  parts: RedisChannelParts,
  closing: AbortSignal,
  onChange: (now: Connection | null) => void,
): Promise<void> {
  const { outage, listener } = parts;
  for (let wait = SHORTEST_WAIT_MS; !closing.aborted; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      const connection = await connect(parts);
      onChange(connection);
      outage.worked();
      wait = SHORTEST_WAIT_MS;
      if (closing.aborted) connection.end();
      else listener.opened();
      outage.failed(await connection.ended);
    } catch (error) {
      outage.failed(error);
    }
    onChange(null);
    // Not all nodes at the same moment.
    await delay(wait * (0.5 + Math.random()), undefined, { signal: closing }).catch(() => {});
  }
}

/** @throws when Redis is not there, or takes too long to say that it is */
async function connect({ url, channel, listener }: RedisChannelParts): Promise<Connection> {
  const { promise: ended, resolve: onEnd } = Promise.withResolvers<unknown>();
  const client = createClient({
    url,
    // Coming back is ours: a client that queues while it is away would hold what nobody wants any more.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_WITHIN_MS },
  });
  client.on('error', onEnd);
  client.on('end', () => onEnd(new Error('the connection to Redis has ended')));
  const end = (): void => {
    onEnd(new Error('the connection to Redis was given up'));
    if (client.isOpen) client.destroy();
  };
  // A frozen Redis takes connections and answers nothing.
  const late = setTimeout(end, CONNECT_WITHIN_MS);
  try {
    await Promise.race([subscribe(), ended.then(fail)]);
  } catch (error) {
    end();
    throw error;
  } finally {
    clearTimeout(late);
  }
  void ended.then(end);
  return { say: (text) => client.publish(channel, text), ended, end };

  async function subscribe(): Promise<void> {
    await client.connect();
    await client.subscribe(channel, (text) => listener.heard(text));
  }
}

function fail(error: unknown): never {
  throw error;
}
