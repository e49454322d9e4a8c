import { type Command, isRetry, type Outcome } from '../decide/commands.ts';
import { ID_TAKEN } from '../decide/decision.ts';
import type { Answer, Fold } from '../decide/fold.ts';
import type { Actor, QueuedCommand } from './mailbox.ts';
import { toConversation } from './wire.ts';
import type { Conversation, Message } from '@baton/protocol';
import { type NewMessage, type Store, StoreUnavailable, type Verdict } from '../ports/store.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Report } from '../ports/report.ts';

export const UNAVAILABLE: Outcome = { ok: false, code: 'unavailable' };

/** A `stale_view` rejection contains at most so many newer messages. */
const NEWER_LIMIT = 500;

export interface AnswerPorts {
  store: Store;
  publisher: Pick<Publisher, 'drafted'>;
  report: Report;
}

/** Turns the answers of a fold into outcomes, with the data that a rejection contains. */
export class Answers {
  readonly #ports: AnswerPorts;

  constructor(ports: AnswerPorts) {
    this.#ports = ports;
  }

  /** Answers the commands of a fold, once it is committed or its actor is known to be current. */
  async give(
    commands: QueuedCommand[],
    fold: Fold,
    actor: Actor,
    conversation: Conversation,
    changed: Message[],
  ): Promise<void> {
    const rejections: Promise<void>[] = [];
    for (const [index, answer] of fold.answers.entries()) {
      const queued = commands[index];
      if (!queued) continue;
      const { command } = queued;
      if (answer.kind === 'rejected') {
        rejections.push(this.#reject(command, answer, actor).then(queued.answer));
        continue;
      }
      const messageId = command.type === 'claimReply' ? command.messageId : answer.messageId;
      const message = changed.find(({ id }) => id === messageId) ?? null;
      queued.answer({ ok: true, conversation, message, duplicate: answer.kind === 'duplicate' });
    }
    await Promise.all(rejections);
  }

  async #reject(command: Command, rejection: Extract<Answer, { kind: 'rejected' }>, actor: Actor): Promise<Outcome> {
    const { code, detail, draft, newerThan } = rejection;
    const { key } = actor.stored;
    try {
      if (draft) await this.#saveDraft(draft, actor);
      if (newerThan === undefined || command.type !== 'send') return { ok: false, code, ...(detail && { detail }) };

      const [newest = []] = await this.#ports.store.readTranscripts([key], NEWER_LIMIT);
      const messages = newest.filter(({ seq }) => seq > newerThan);
      const earlier = messages.find((it) => it.clientMessageId === command.clientMessageId && isRetry(command, it));
      if (earlier) {
        // An earlier try was committed, and another person has answered since (SEND-6).
        const conversation = toConversation(actor.stored, actor.snapshot);
        return { ok: true, conversation, message: earlier, duplicate: true };
      }
      await this.#renewLeasesOf(command.by.id, actor);
      return { ok: false, code, messages };
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        this.#ports.report({ what: 'a rejection could not be completed', key, error });
      return UNAVAILABLE;
    }
  }

  async #saveDraft(draft: { turn: number; text: string }, { stored: { key }, snapshot }: Actor): Promise<void> {
    const { store, publisher } = this.#ports;
    const at = snapshot.context.lastAt;
    await store.saveDraft({ key, ...draft, at });
    publisher.drafted(key, { ...draft, at: new Date(at).toISOString() });
  }

  /** A teammate whose view was stale is still writing (HOLD-4). */
  async #renewLeasesOf(teammateId: string, { stored: { key }, snapshot }: Actor): Promise<void> {
    const own = snapshot.context.leases.filter(({ teammate }) => teammate.id === teammateId);
    if (own.length > 0) await this.#ports.store.renewLeases(own.map(({ id }) => ({ key, leaseId: id })));
  }
}

/** Answers the commands whose message an earlier try created, and returns the others. */
export function answerDuplicates(
  commands: QueuedCommand[],
  { answers, messages }: Fold,
  actor: Actor,
  verdict: Extract<Verdict, { kind: 'duplicate' }>,
): QueuedCommand[] {
  const conversation = toConversation(actor.stored, actor.snapshot);
  return commands.filter((queued, index) => {
    const answer = answers[index];
    if (answer === undefined || answer.kind === 'rejected') return true;
    const made = messages.find(({ id }) => id === answer.messageId);
    const earlier = made && verdict.messages.find((it) => isSame(it, made));
    if (!earlier) return true;
    const { externalId: _, ...message } = earlier;
    const { code, detail } = ID_TAKEN;
    const isTaken = !isRetry(queued.command, message);
    queued.answer(isTaken ? { ok: false, code, detail } : { ok: true, conversation, message, duplicate: true });
    return false;
  });
}

/** Rejects the claim, which is always the last command of its fold, and returns the others. */
export function rejectClaim(commands: QueuedCommand[], { answers }: Fold): QueuedCommand[] {
  const last = answers.length - 1;
  commands[last]?.answer({ ok: false, code: 'stale_reply' });
  return commands.toSpliced(last, 1);
}

function isSame(earlier: Ids, made: Ids): boolean {
  const isByClient = made.clientMessageId !== null && earlier.clientMessageId === made.clientMessageId;
  return isByClient || (made.externalId !== null && earlier.externalId === made.externalId);
}

type Ids = Pick<NewMessage, 'clientMessageId' | 'externalId'>;
