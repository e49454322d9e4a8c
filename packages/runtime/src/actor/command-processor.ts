import type { Ms } from '@baton/conversation';
import type { Conversation, Message } from '@baton/protocol';
import type { Outcome } from '../decide/commands.ts';
import { type Fold, fold } from '../decide/fold.ts';
import type { Publisher } from '../ports/publisher.ts';
import { pause } from '../ports/scheduler.ts';
import { type CommitItem, type ConversationKey, StoreUnavailable } from '../ports/store.ts';
import { ActorLoader, type ActorLoaderPorts } from './actor-loader.ts';
import { answerDuplicates, Answers, rejectClaim, UNAVAILABLE } from './answers.ts';
import { afterCommit, type Committed, toCommitItem } from './commit-item.ts';
import { Committer, type CommitterPorts } from './committer.ts';
import { retryDelayMs } from './limits.ts';
import type { Actor, Mailbox, QueuedCommand } from './mailbox.ts';
import { newId as newUuid } from './new-id.ts';
import { quarantine } from './quarantine.ts';
import type { Signals } from './signals.ts';
import { toConversation } from './wire.ts';

export interface CommandProcessorPorts extends ActorLoaderPorts, CommitterPorts {
  publisher: Publisher;
  signals: Signals;
  newId?: () => string;
}

/** Applies a conversation's queued commands and commits the result, retrying on conflict. */
export class CommandProcessor {
  readonly #ports: CommandProcessorPorts;
  readonly #loader: ActorLoader;
  readonly #committer: Committer;
  readonly #answers: Answers;

  constructor(ports: CommandProcessorPorts) {
    this.#ports = ports;
    this.#loader = new ActorLoader(ports);
    this.#committer = new Committer(ports);
    this.#answers = new Answers(ports);
  }

  /** Answers at least the first command, and returns those left for the next commit. Never throws. */
  async process(mailbox: Mailbox, given: QueuedCommand[]): Promise<QueuedCommand[]> {
    const commands = [...given];
    try {
      return await this.#commitCommands(mailbox, commands);
    } catch (error) {
      mailbox.actor = null;
      if (error instanceof StoreUnavailable) return answerAll(commands, UNAVAILABLE);
      return answerAll(commands, await quarantine(this.#ports, mailbox.key, commands[0], error));
    }
  }

  /** Removes each command that it answers early from `commands`: if it throws, the caller answers the others. */
  async #commitCommands(mailbox: Mailbox, commands: QueuedCommand[]): Promise<QueuedCommand[]> {
    const { limits, scheduler, report } = this.#ports;
    let isFresh = false;
    for (let attempt = 0; attempt < limits.maxCommitAttempts && commands.length > 0; attempt += 1) {
      let { actor } = mailbox;
      if (actor === null || (!isFresh && this.#loader.mustReload(actor, commands))) {
        mailbox.actor = null;
        const loaded = await this.#loader.load(mailbox.key);
        if ('rejection' in loaded) return answerAll(commands, loaded.rejection);
        ({ actor } = loaded);
        mailbox.actor = actor;
        isFresh = true;
      }
      const folded = await this.#fold(actor, commands, isFresh);
      if (folded.steps.length === 0) {
        // Nothing is committed, so no version guards the answer: only a fresh actor may give it.
        if (isFresh) return this.#answer(commands, folded, actor, toConversation(actor.stored, actor.snapshot));
        mailbox.actor = null;
        continue;
      }
      const item = toCommitItem(actor, folded);
      const verdict = await this.#committer.commit(item, folded.answers.length > 1);
      switch (verdict.kind) {
        case 'committed':
          return this.#committed(mailbox, commands, folded, item, actor, verdict);
        case 'poisoned': {
          const left = await this.process(mailbox, commands.slice(0, 1));
          return [...left, ...commands.slice(1)];
        }
        case 'duplicate': {
          const left = answerDuplicates(commands, folded, actor, verdict);
          if (left.length === commands.length) throw new Error('the store reported a duplicate of no command');
          commands.splice(0, commands.length, ...left);
          continue;
        }
        case 'staleClaim':
          commands.splice(0, commands.length, ...rejectClaim(commands, folded));
          continue;
        case 'missing':
          mailbox.actor = null;
          return answerAll(commands, { ok: false, code: 'not_found' });
        case 'rejected':
          throw new Error(`the store rejected a commit: ${verdict.detail}`);
        case 'conflict':
        case 'staleRules':
          mailbox.actor = null;
          break;
        case 'busy':
          break;
      }
      const delay = retryDelayMs(attempt);
      if (delay > 0) await pause(scheduler, delay);
    }
    if (commands.length > 0) report({ what: `gave up after ${limits.maxCommitAttempts} attempts`, key: mailbox.key });
    return answerAll(commands, UNAVAILABLE);
  }

  async #fold({ stored, snapshot }: Actor, commands: QueuedCommand[], isFresh: boolean): Promise<Fold> {
    const { clock, newId = newUuid } = this.#ports;
    const named = await this.#loader.readNamed(stored.key, commands);
    const input = { stored, snapshot, isFresh, commands: commands.map(({ command }) => command), named };
    return fold({ ...input, now: clock.now(), newId });
  }

  #committed(
    mailbox: Mailbox,
    commands: QueuedCommand[],
    folded: Fold,
    item: CommitItem,
    actor: Actor,
    verdict: Committed,
  ): Promise<QueuedCommand[]> {
    const { next, changed } = afterCommit(actor, folded, item, verdict);
    // Another node may have marked deliveries in between, so the cached last message may be old.
    const isMissingMarks = verdict.revision !== actor.stored.revision + 1;
    mailbox.actor = isMissingMarks ? null : next;
    const conversation = toConversation(next.stored, next.snapshot);
    const isDue = isMissingMarks && item.knownRevision !== null;
    this.#publish(mailbox.key, conversation, folded, changed, isDue ? this.#ports.clock.now() : item.wakeAt);
    if (isMissingMarks) this.#ports.publisher.delivered(mailbox.key, []);
    return this.#answer(commands, folded, next, conversation, changed);
  }

  /** Tells clients and workers. A listener that throws does not undo the commit. */
  #publish(key: ConversationKey, now: Conversation, { effects }: Fold, changed: Message[], wakeAt: Ms | null): void {
    const { publisher, signals, report } = this.#ports;
    try {
      // The agent must fall silent before anything else happens.
      for (const effect of effects) if (effect.type === 'abortReply') signals.replyInvalidated(key, effect.turn);
      publisher.changed(key, now, changed);
      if (effects.some(({ type }) => type === 'startReply')) signals.replyDue();
      if (changed.some(({ delivery }) => delivery === 'queued')) signals.sendDue();
      if (wakeAt !== null) signals.wakeDue(wakeAt);
    } catch (error) {
      report({ what: 'a publisher threw', key, error });
    }
  }

  async #answer(
    commands: QueuedCommand[],
    folded: Fold,
    actor: Actor,
    conversation: Conversation,
    changed: Message[] = [],
  ): Promise<QueuedCommand[]> {
    await this.#answers.give(commands, folded, actor, conversation, changed);
    return commands.slice(folded.answers.length);
  }
}

function answerAll(commands: QueuedCommand[], outcome: Outcome): QueuedCommand[] {
  for (const command of commands) command.answer(outcome);
  return [];
}
