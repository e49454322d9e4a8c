import type { OutgoingMessage } from '@baton/protocol';
import { Webhook } from 'standardwebhooks';
import { answerJson, listen, type Listener } from './listener.ts';

/** When it came, by the clock of this machine. */
type Arrived = OutgoingMessage & { at: number };

/** The customer's end of the HTTP channel: keeps what arrives, and refuses what is not signed. */
export class Receiver {
  forged = 0;
  private readonly received = new Map<string, Arrived[]>();
  private listener: Listener | null = null;
  private signature: Webhook | null = null;

  async start(): Promise<string> {
    this.listener = await listen((body, request, response, raw) => {
      try {
        this.signature?.verify(raw, request.headers as Record<string, string>);
      } catch {
        this.forged += 1;
        return answerJson(response, {}, 401);
      }
      const message = { ...(body as OutgoingMessage), at: Date.now() };
      const known = this.received.get(message.conversationId);
      if (known) known.push(message);
      else this.received.set(message.conversationId, [message]);
      return answerJson(response, {});
    });
    return this.listener.url;
  }

  expectSignedWith(signingSecret: string): void {
    this.signature = new Webhook(signingSecret);
  }

  of(conversationId: string): Arrived[] {
    return this.received.get(conversationId) ?? [];
  }

  /** Gives how many there were. */
  forget(conversationId: string): number {
    const { length } = this.of(conversationId);
    this.received.delete(conversationId);
    return length;
  }

  async stop(): Promise<void> {
    await this.listener?.close();
  }
}
