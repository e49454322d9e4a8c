import type { Ack, Problem } from '@baton/protocol';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

type Options = Partial<ManagerOptions & SocketOptions>;

/** A real client whose received events can be asked for, those that came before the question included. */
export class Client {
  readonly socket: Socket;
  readonly received: { event: string; body: unknown }[] = [];
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event: string, body: unknown) => {
      this.received.push({ event, body });
      this.#wake();
    });
  }

  ask<T = object>(event: string, body?: unknown): Promise<Ack<T>> {
    return this.socket.timeout(30_000).emitWithAck(event, body);
  }

  all<T>(event: string): T[] {
    return this.received.filter((frame) => frame.event === event).map((frame) => frame.body as T);
  }

  /** The first event of that name that fits, now or later. */
  async next<T>(event: string, fits: (body: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const found = this.all<T>(event).find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Frames of a connection stay in order: whatever was sent before this is answered has arrived when it is. */
  async settled(): Promise<void> {
    await this.ask('there is no such event');
  }

  forget(): void {
    this.received.length = 0;
  }
}

/** @throws the connection error, with the problem in `data` */
export async function connect(url: string, options: Options): Promise<Client> {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
  const client = new Client(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return client;
}

export async function rejectionOf(connecting: Promise<Client>): Promise<string> {
  try {
    (await connecting).socket.close();
    return 'connected';
  } catch (error) {
    const { data, message } = error as Error & { data?: Problem };
    return data?.code ?? message;
  }
}

/** Resolves with the reason when the connection ends. */
export async function disconnected(client: Client): Promise<string> {
  if (client.socket.disconnected) return 'already';
  return new Promise((resolve) => client.socket.once('disconnect', resolve));
}
