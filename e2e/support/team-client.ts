import { openTeamSocket } from '@baton/client/sockets';
import type { Message, Presence } from '@baton/protocol';

/** As the inbox does. */
const ACK_TIMEOUT_MS = 10_000;

/** A teammate's live connection, as a program makes it. It comes back by itself, as the inbox does. */
export class TeamClient {
  readonly socket: ReturnType<typeof openTeamSocket>;
  readonly received: { event: string; body: unknown }[] = [];

  private constructor(url: string, key: string) {
    this.socket = openTeamSocket({ baseUrl: url, token: key, minReconnectMs: 50, maxReconnectMs: 500 });
    this.socket.onAny((event: string, body: unknown) => this.received.push({ event, body }));
  }

  static async connect(url: string, key: string): Promise<TeamClient> {
    const client = new TeamClient(url, key);
    await new Promise<void>((resolve, reject) => {
      client.socket.once('connect', resolve).once('connect_error', reject);
    });
    return client;
  }

  watch(conversationId: string) {
    return this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck('watch', { conversationId });
  }

  type(conversationId: string, typing: boolean) {
    return this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck('typing', { conversationId, typing });
  }

  all<T>(event: string): T[] {
    return this.received.filter((frame) => frame.event === event).map((frame) => frame.body as T);
  }

  /** Texts of messages that came live, in order. */
  texts(): string[] {
    return this.all<Message>('message').map(({ text }) => text);
  }

  /** The people of the last presence frame: `Ada`, or `Ada…` while she is typing. */
  people(conversationId: string): string[] {
    const told = this.all<Presence>('presence').filter((presence) => presence.conversationId === conversationId);
    return (told.at(-1)?.people ?? []).map(({ name, typing }) => (typing ? `${name}…` : name)).sort();
  }

  close(): void {
    this.socket.disconnect();
  }
}
