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

const CONNECT_TIMEOUT_MS = 3_000;
const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;

/** A channel over Redis publish/subscribe that reconnects by itself. While Redis is away, only its messages are lost. */
export function openRedisChannel(parts: RedisChannelParts): Channel {
  const closing = new AbortController();
  let connection: Connection | null = null;
  const running = stayConnected(parts, closing.signal, (current) => (connection = current));
  return {
    get isOpen() {
      return connection !== null;
    },
    async send(text) {
      if (connection === null) throw new Error('there is no connection to Redis');
      await connection.send(text);
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
  send(text: string): Promise<unknown>;
  ended: Promise<unknown>;
  end(): void;
}

async function stayConnected(
  parts: RedisChannelParts,
  closing: AbortSignal,
  onChange: (current: Connection | null) => void,
): Promise<void> {
  const { outage, listener } = parts;
  for (let backoff = MIN_BACKOFF_MS; !closing.aborted; backoff = Math.min(2 * backoff, MAX_BACKOFF_MS)) {
    try {
      const connection = await connect(parts);
      onChange(connection);
      outage.worked();
      backoff = MIN_BACKOFF_MS;
      if (closing.aborted) connection.end();
      else listener.opened();
      outage.failed(await connection.ended);
    } catch (error) {
      outage.failed(error);
    }
    onChange(null);
    // Jitter keeps the nodes from reconnecting all at once.
    await delay(backoff * (0.5 + Math.random()), undefined, { signal: closing }).catch(() => {});
  }
}

/** @throws if Redis is unreachable or too slow */
async function connect({ url, channel, listener }: RedisChannelParts): Promise<Connection> {
  const { promise: ended, resolve: onEnd } = Promise.withResolvers<unknown>();
  const client = createClient({
    url,
    // We reconnect ourselves: a client that queues while Redis is away would send outdated messages later.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_TIMEOUT_MS },
  });
  client.on('error', onEnd);
  client.on('end', () => onEnd(new Error('the connection to Redis has ended')));
  const end = (): void => {
    onEnd(new Error('the connection to Redis was given up'));
    if (client.isOpen) client.destroy();
  };
  // A frozen Redis accepts connections and answers nothing.
  const timeout = setTimeout(end, CONNECT_TIMEOUT_MS);
  try {
    await Promise.race([subscribe(), ended.then(fail)]);
  } catch (error) {
    end();
    throw error;
  } finally {
    clearTimeout(timeout);
  }
  void ended.then(end);
  return { send: (text) => client.publish(channel, text), ended, end };

  async function subscribe(): Promise<void> {
    await client.connect();
    await client.subscribe(channel, (text) => listener.received(text));
  }
}

function fail(error: unknown): never {
  throw error;
}
