import { toConversation } from './wire.ts';
import type { Actor } from './commit-item.ts';
import type { Command, Outcome } from '../decide/commands.ts';
import type { Answer, Fold } from '../decide/fold.ts';
import type { Letter } from './mailbox.ts';
import type { Conversation, Message } from '@baton/protocol';
import { type NewMessage, type Store, StoreUnavailable, type Verdict } from '../ports/store.ts';
import { isRetry, TAKEN } from '../decide/retries.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Report } from '../ports/report.ts';

export const UNAVAILABLE: Outcome = { ok: false, code: 'unavailable' };

/** How many messages are searched for what a teammate has not seen. */
const NEWER_LIMIT = 500;

export interface AnswerPorts {
  store: Store;
  publisher: Pick<Publisher, 'drafted'>;
  report: Report;
}

/** Turns answers into outcomes; reads what a refusal tells along. */
export class Answers {
  readonly #ports: AnswerPorts;

  constructor(ports: AnswerPorts) {
    this.#ports = ports;
  }

  /** Answers the letters that a fold took, once what they were decided on is committed or known to stand. */
  async give(letters: Letter[], fold: Fold, actor: Actor, now: Conversation, changed: Message[]): Promise<void> {
    const refusals: Promise<void>[] = [];
    for (const [index, answer] of fold.answers.entries()) {
      const letter = letters[index];
      if (!letter) continue;
      const { command } = letter;
      if (answer.kind === 'rejected') {
        refusals.push(this.#refuse(command, answer, actor).then(letter.answer));
        continue;
      }
      const messageId = command.type === 'claimReply' ? command.messageId : answer.messageId;
      const message = changed.find(({ id }) => id === messageId) ?? null;
      letter.answer({ ok: true, conversation: now, message, duplicate: answer.kind === 'duplicate' });
    }
    await Promise.all(refusals);
  }

  async #refuse(command: Command, refusal: Extract<Answer, { kind: 'rejected' }>, actor: Actor): Promise<Outcome> {
    const { code, detail, draft, newerThan } = refusal;
    const { key } = actor.stored;
    try {
      if (draft) await this.#keep(draft, actor);
      if (newerThan === undefined || command.type !== 'send') return { ok: false, code, ...(detail && { detail }) };

      const [newest = []] = await this.#ports.store.readTranscripts([key], NEWER_LIMIT);
      const messages = newest.filter(({ seq }) => seq > newerThan);
      const earlier = messages.find((it) => it.clientMessageId === command.clientMessageId && isRetry(command, it));
      if (earlier) {
        // The first try had made it, and somebody has answered since (SEND-6).
        const conversation = toConversation(actor.stored, actor.snapshot);
        return { ok: true, conversation, message: earlier, duplicate: true };
      }
      await this.#renewLeasesOf(command.by.id, actor);
      return { ok: false, code, messages };
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        this.#ports.report({ what: 'a refusal could not be told in full', key, error });
      return UNAVAILABLE;
    }
  }

  async #keep(draft: { turn: number; text: string }, { stored: { key }, snapshot }: Actor): Promise<void> {
    const { store, publisher } = this.#ports;
    const at = snapshot.context.lastAt;
    await store.saveDraft({ key, ...draft, at });
    publisher.drafted(key, { ...draft, at: new Date(at).toISOString() });
  }

  /** Who is told to look again is still writing (HOLD-4). */
  async #renewLeasesOf(teammateId: string, { stored: { key }, snapshot }: Actor): Promise<void> {
    const own = snapshot.context.leases.filter(({ teammate }) => teammate.id === teammateId);
    if (own.length > 0) await this.#ports.store.renewLeases(own.map(({ id }) => ({ key, leaseId: id })));
  }
}

/** Answers what an earlier try has made already, and gives the letters that are left to apply. */
export function answerDuplicates(
  letters: Letter[],
  { answers, messages }: Fold,
  actor: Actor,
  verdict: Extract<Verdict, { kind: 'duplicate' }>,
): Letter[] {
  const conversation = toConversation(actor.stored, actor.snapshot);
  return letters.filter((letter, index) => {
    const answer = answers[index];
    if (answer === undefined || answer.kind === 'rejected') return true;
    const made = messages.find(({ id }) => id === answer.messageId);
    const earlier = made && verdict.messages.find((it) => isSame(it, made));
    if (!earlier) return true;
    const { externalId: _, ...message } = earlier;
    const { code, detail } = TAKEN;
    const isTaken = !isRetry(letter.command, message);
    letter.answer(isTaken ? { ok: false, code, detail } : { ok: true, conversation, message, duplicate: true });
    return false;
  });
}

/** Refuses the claim, with which every fold ends that has one, and gives the letters that are left to apply. */
export function refuseClaim(letters: Letter[], { answers }: Fold): Letter[] {
  const last = answers.length - 1;
  letters[last]?.answer({ ok: false, code: 'stale_reply' });
  return letters.toSpliced(last, 1);
}

function isSame(earlier: Ids, made: Ids): boolean {
  const isByClient = made.clientMessageId !== null && earlier.clientMessageId === made.clientMessageId;
  return isByClient || (made.externalId !== null && earlier.externalId === made.externalId);
}

type Ids = Pick<NewMessage, 'clientMessageId' | 'externalId'>;
