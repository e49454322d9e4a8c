import type { Delivery } from '@baton/protocol';

import { count, type Tally } from '../tally.ts';
import type { Broken } from './broken.ts';
import type { ConversationRow, MessageRow } from './rows.ts';
import { replyText } from './sim-agent.ts';

/** The allowed changes of a delivery (SEND-2). */
const LIFE: Record<Delivery, readonly Delivery[]> = {
  queued: ['sending', 'withheld'],
  sending: ['sent', 'failed', 'uncertain', 'queued', 'withheld', 'delivered', 'read'],
  uncertain: ['sending', 'sent', 'failed', 'delivered', 'read'],
  sent: ['delivered', 'read', 'failed'],
  delivered: ['read'],
  read: [],
  failed: [],
  withheld: [],
};

/** Checks the messages and deliveries of one conversation. */
export class DeliveryCheck {
  /** When each message last became `sending`, in database time. */
  readonly claimedAt = new Map<string, number>();
  readonly #known = new Map<string, MessageRow['message']>();
  readonly #broken: Broken;
  readonly #tally: Tally;

  constructor(broken: Broken, tally: Tally) {
    this.#broken = broken;
    this.#tally = tally;
  }

  look(row: ConversationRow, news: ConversationRow['transitions'], now: number): void {
    for (const [index, it] of row.messages.entries()) {
      const { message } = it;
      const known = this.#known.get(message.id);
      if (known === message) continue;
      if (known === undefined) this.#isNew(it, index, row);
      else if (known.text !== message.text || known.seq !== message.seq) this.#broken('[SEND-2] a message changed');
      // One store call may move a message through `uncertain` and back. Its row object is a new one then.
      if (known?.delivery !== message.delivery || message.delivery === 'sending')
        this.#moved(it, known?.delivery ?? null, news, now);
      this.#known.set(message.id, message);
    }
    this.#strands(row);
  }

  #strands(row: ConversationRow): void {
    for (const it of row.messages) {
      const { author, delivery, seq } = it.message;
      const isStranded = it.epoch !== row.view.agentEpoch && seq !== row.view.closingSeq;
      if (author.kind === 'agent' && delivery === 'queued' && isStranded) {
        this.#broken('[SEND-3] an agent message stays queued although its epoch is over');
      }
    }
  }

  #isNew({ message, turn }: MessageRow, index: number, row: ConversationRow): void {
    const { seq, author, text } = message;
    if (seq !== index + 1) this.#broken(`[TIME-3] seq ${seq} is the ${index + 1}. message`);
    if (author.kind !== 'agent' || turn === null) return;
    count(this.#tally, 'checks', 'a reply is committed');
    if (text !== replyText(turn)) this.#broken(`[TURN-4] turn ${turn} got the text "${text}"`);
    const rivals = row.messages.filter(
      (it) => it.turn === turn && it.message.author.kind === 'agent' && it.message.delivery !== 'withheld',
    );
    if (rivals.length > 1) this.#broken(`[TURN-4] two sendable messages of turn ${turn}`);
  }

  #moved({ message }: MessageRow, before: Delivery | null, news: ConversationRow['transitions'], now: number): void {
    const { id, delivery, author } = message;
    if (delivery === null) return;
    count(this.#tally, 'deliveries', `${before ?? 'new'} -> ${delivery}`);
    const isFine = before === null ? delivery === 'queued' : LIFE[before].includes(delivery);
    if (!isFine && before !== delivery) this.#broken(`[SEND-2] a message goes from ${before} to ${delivery}`);
    if (delivery !== 'sending') return;
    this.claimedAt.set(id, now);
    if (author.kind !== 'agent') return;
    const isClaimed = news.some(({ event }) => event.type === 'reply.claimed' && event.messageId === id);
    if (!isClaimed) this.#broken('[SEND-3] an agent message is being sent without a claim');
  }
}
