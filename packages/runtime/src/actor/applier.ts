import { leasesDue, type Snapshot } from '@baton/conversation';
import type { Conversation, Message } from '@baton/protocol';
import { answerDuplicates, Answers, refuseClaim, UNAVAILABLE } from './answers.ts';
import { Batcher } from '../batching/batcher.ts';
import { type Actor, afterCommit, type Committed, toCommitItem } from './commit-item.ts';
import type { Outcome } from '../decide/commands.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { namedBy } from '../decide/decide.ts';
import { type Fold, fold } from '../decide/fold.ts';
import { retryDelayMs, type RuntimeLimits } from './limits.ts';
import type { Letter, Mailbox } from './mailbox.ts';
import { newId as anyId } from './new-id.ts';
import { publish } from './publish.ts';
import type { Publisher } from '../ports/publisher.ts';
import { readSnapshot } from './read-snapshot.ts';
import { pause, type Scheduler } from '../ports/scheduler.ts';
import type { Signals } from './signals.ts';
import { Spacing } from '../batching/spacing.ts';
import {
  type CommitItem,
  type ConversationKey,
  type Store,
  type StoredConversation,
  StoreUnavailable,
  type Verdict,
} from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { mayForget, undelivered } from '../decide/undelivered.ts';
import { toConversation } from './wire.ts';

export interface ApplierPorts {
  store: Store;
  publisher: Publisher;
  clock: DatabaseClock;
  scheduler: Scheduler;
  signals: Signals;
  report: Report;
  /** Told how each batch went: whether the store takes commits now. */
  onCommit?: { worked(): void; failed(error: unknown): void };
  limits: RuntimeLimits;
  newId?: () => string;
}

/** Takes letters of one conversation to a commit, through all that may come between. */
export class Applier {
  readonly #ports: ApplierPorts;
  readonly #answers: Answers;
  readonly #loads: Batcher<ConversationKey, StoredConversation | null>;
  readonly #commits: Batcher<CommitItem, Verdict>;

  constructor(ports: ApplierPorts) {
    this.#ports = ports;
    this.#answers = new Answers(ports);
    const { store, clock, scheduler, limits, onCommit } = ports;
    const options = { parallel: limits.parallelCommits, size: limits.conversationsPerCommit };
    this.#loads = new Batcher({ ...options, run: (keys) => store.load(keys) });
    this.#commits = new Batcher({
      ...options,
      spacing: new Spacing({
        weigh: (item) => item.transitions.length,
        scheduler,
        elapsed: () => clock.elapsed(),
      }),
      async run(items) {
        const { verdicts, now } = await store.commit(items).catch((error: unknown) => {
          if (error instanceof StoreUnavailable) onCommit?.failed(error);
          throw error;
        });
        onCommit?.worked();
        clock.learn(now);
        return verdicts;
      },
    });
  }

  /** Answers the first letters, at least one, and gives back those that are for the next commit. Never throws. */
  async apply(box: Mailbox, given: Letter[]): Promise<Letter[]> {
    const letters = [...given];
    try {
      return await this.#tryApply(box, letters);
    } catch (error) {
      box.actor = null;
      if (!(error instanceof StoreUnavailable)) return this.#poisoned(box, letters, error);
      return answerAll(letters, UNAVAILABLE);
    }
  }

  /** Takes out of `letters` what it answers before the end, so that whoever catches what it throws answers the others only. */
  async #tryApply(box: Mailbox, letters: Letter[]): Promise<Letter[]> {
    const { limits, scheduler, report } = this.#ports;
    let isFresh = false;
    for (let attempt = 0; attempt < limits.maxCommitAttempts && letters.length > 0; attempt += 1) {
      if (box.actor === null) {
        const refusal = await this.#load(box);
        if (refusal) return answerAll(letters, refusal);
        isFresh = true;
      }
      const actor = box.actor;
      if (actor === null || (!isFresh && this.#isToBeRead(actor, letters))) {
        box.actor = null;
        continue;
      }
      const folded = await this.#fold(actor, letters, isFresh);
      const taken = letters.slice(0, folded.answers.length);
      if (folded.steps.length === 0) {
        // What changes nothing is guarded by no commit: it is answered from what is stored now.
        if (isFresh) return this.#answer(letters, folded, actor, toConversation(actor.stored, actor.snapshot));
        box.actor = null;
        continue;
      }
      const item = toCommitItem(actor, folded);
      const verdict = await this.#commit(item, taken.length > 1);
      if (verdict === 'poison') {
        // One of several letters is guilty: alone it will show.
        const rest = await this.apply(box, letters.slice(0, 1));
        return [...rest, ...letters.slice(1)];
      }
      switch (verdict.kind) {
        case 'committed':
          return this.#committed(box, letters, folded, item, actor, verdict);
        case 'duplicate': {
          const left = answerDuplicates(letters, folded, actor, verdict);
          if (left.length === letters.length) throw new Error('the store told of a duplicate that nobody had sent');
          letters.splice(0, letters.length, ...left);
          continue;
        }
        case 'staleClaim':
          letters.splice(0, letters.length, ...refuseClaim(letters, folded));
          continue;
        case 'missing':
          box.actor = null;
          return answerAll(letters, { ok: false, code: 'not_found' });
        case 'rejected':
          throw new Error(`the store refused a commit: ${verdict.detail}`);
        case 'conflict':
        case 'staleRules':
          box.actor = null;
          break;
        case 'busy':
          break;
      }
      const delay = retryDelayMs(attempt);
      if (delay > 0) await pause(scheduler, delay);
    }
    if (letters.length > 0) report({ what: `gave up after ${limits.maxCommitAttempts} attempts`, key: box.key });
    return answerAll(letters, UNAVAILABLE);
  }

  #committed(box: Mailbox, letters: Letter[], folded: Fold, item: CommitItem, actor: Actor, verdict: Committed) {
    const { next, changed } = afterCommit(actor, folded, item, verdict);
    // Marks that came between belong to another node, perhaps: how the last message went is to be read again.
    const isUnsure = verdict.revision !== actor.stored.revision + 1;
    box.actor = isUnsure ? null : next;
    const now = toConversation(next.stored, next.snapshot);
    const isDue = isUnsure && item.knownRevision !== null;
    this.#publish(box.key, now, folded, changed, isDue ? this.#ports.clock.now() : item.wakeAt);
    if (isUnsure) this.#ports.publisher.delivered(box.key, []);
    return this.#answer(letters, folded, next, now, changed);
  }

  /** What is committed stays so, whoever listens. */
  #publish(...what: Parameters<typeof publish> extends [unknown, ...infer Rest] ? Rest : never): void {
    try {
      publish(this.#ports, ...what);
    } catch (error) {
      this.#ports.report({ what: 'a publisher threw', key: what[0], error });
    }
  }

  /** `poison` instead of a throw where the item can still be taken apart. */
  async #commit(item: CommitItem, isDivisible: boolean): Promise<Verdict | 'poison'> {
    try {
      return await this.#commits.submit(item);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      if (isDivisible) return 'poison';
      // Once more, alone: setting a conversation aside is for what chokes twice.
      return this.#commits.submit(item);
    }
  }

  /** Puts the stored conversation into the mailbox, or says why nobody can be asked. */
  async #load(box: Mailbox): Promise<Outcome | null> {
    const stored = await this.#reading(box.key, this.#loads.submit(box.key));
    if (stored === null) return { ok: false, code: 'not_found' };
    if (stored.quarantined) return { ok: false, code: 'quarantined' };
    box.actor = { stored, snapshot: this.#read(stored) };
    return null;
  }

  #read(stored: StoredConversation): Snapshot {
    try {
      return readSnapshot(stored);
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#ports.report({ what: error.message, key: stored.key, error });
      throw error;
    }
  }

  /** Renewals and delivery marks are in the database only: before what was heard of them is believed, it is read. */
  #isToBeRead({ stored, snapshot }: Actor, letters: Letter[]): boolean {
    if (leasesDue(snapshot, this.#ports.clock.now()).length > 0 || undelivered(stored, snapshot) !== null) return true;
    return letters.some(({ command }) => mayForget(command, stored, snapshot));
  }

  async #fold({ stored, snapshot }: Actor, letters: Letter[], isFresh: boolean): Promise<Fold> {
    const { clock, store, newId = anyId } = this.#ports;
    const named = new Map<string, Message | null>();
    for (const { command } of letters) {
      const id = namedBy(command);
      if (id !== null) named.set(id, await this.#reading(stored.key, store.readMessage(stored.key, id)));
    }
    const commands = letters.map(({ command }) => command);
    return fold({ stored, snapshot, isFresh, commands, named, now: clock.now(), newId });
  }

  /** A read that fails is no fault of the conversation: it must not be set aside for it. */
  async #reading<T>(key: ConversationKey, read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#ports.report({ what: 'the store could not be read', key, error });
      throw new StoreUnavailable('the store could not be read', { cause: error });
    }
  }

  async #answer(letters: Letter[], folded: Fold, actor: Actor, now: Conversation, changed: Message[] = []) {
    await this.#answers.give(letters, folded, actor, now, changed);
    return letters.slice(folded.answers.length);
  }

  /** A conversation that chokes on something is set aside, so that it harms no other; loudly. */
  async #poisoned(box: Mailbox, letters: Letter[], error: unknown): Promise<Letter[]> {
    const { store, report } = this.#ports;
    const [guilty] = letters;
    const what = `quarantined: choked on ${guilty?.command.type ?? 'nothing'}`;
    report({ what, key: box.key, error, isQuarantine: true });
    try {
      await store.quarantine(box.key, `${guilty?.command.type ?? ''}: ${String(error)}`);
      // No message has changed; whoever lists the conversation reads it again, and sees the mark.
      this.#ports.publisher.delivered(box.key, []);
    } catch (failure) {
      report({ what: 'could not be quarantined', key: box.key, error: failure });
      return answerAll(letters, UNAVAILABLE);
    }
    return answerAll(letters, { ok: false, code: 'quarantined' });
  }
}

function answerAll(letters: Letter[], outcome: Outcome): Letter[] {
  for (const letter of letters) letter.answer(outcome);
  return [];
}
