import { createClient } from '@baton/client';
import { openCustomerSocket } from '@baton/client/sockets';
import type { Ack, CustomerViewMessage } from '@baton/protocol';
import { valueOf } from './api.ts';

/** As the widget does. */
const ANSWER_WITHIN_MS = 10_000;

/** A customer of the web chat, as the widget connects. It comes back by itself. */
export class CustomerClient {
  readonly socket: ReturnType<typeof openCustomerSocket>;
  readonly conversationId: string;
  /** By id: a node may tell one twice, and clients know messages by their ids. */
  readonly messages = new Map<string, CustomerViewMessage>();
  /** Whom the server shows as typing now. */
  readonly typing = new Set<string>();

  private constructor(url: string, token: string, conversationId: string) {
    this.conversationId = conversationId;
    this.socket = openCustomerSocket({ baseUrl: url, token, minReconnectMs: 50, maxReconnectMs: 500 });
    this.socket.on('message', (message) => this.messages.set(message.id, message));
    this.socket.on('typing', ({ from, typing }) => {
      if (typing) this.typing.add(from.name);
      else this.typing.delete(from.name);
    });
  }

  /** A new visitor of this channel. */
  static async arrive(url: string, channelId: string): Promise<CustomerClient> {
    const answer = await createClient({ baseUrl: url }).createVisitor({ id: channelId, body: { name: 'Mia' } });
    const { token, conversationId } = valueOf(answer);
    const client = new CustomerClient(url, token, conversationId);
    await new Promise<void>((resolve, reject) => {
      client.socket.once('connect', resolve).once('connect_error', reject);
    });
    return client;
  }

  write(text: string, clientMessageId: string): Promise<Ack<{ message: CustomerViewMessage }>> {
    return this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck('message', { text, clientMessageId });
  }

  /** Texts of what others wrote, by `seq`. */
  heard(): string[] {
    return [...this.messages.values()].sort((a, b) => a.seq - b.seq).map(({ text }) => text);
  }

  close(): void {
    this.socket.disconnect();
  }
}
