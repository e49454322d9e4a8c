import type { Message } from '@baton/protocol';
import { readSnapshot } from './actor-loader.ts';
import { UNAVAILABLE } from './answers.ts';
import { CommandProcessor, type CommandProcessorPorts } from './command-processor.ts';
import { latest } from './commit-item.ts';
import type { Command, Outcome } from '../decide/commands.ts';
import { findEchoedMessage } from './echoes.ts';
import { DEFAULT_LIMITS, type RuntimeLimits } from './limits.ts';
import { type Mailbox, Mailboxes } from './mailbox.ts';
import { type ConversationKey, StoreUnavailable } from '../ports/store.ts';
import { toConversation } from './wire.ts';

export interface RuntimePorts extends Omit<CommandProcessorPorts, 'limits'> {
  limits?: Partial<RuntimeLimits>;
}

/**
 * Virtual actors: any node may process any conversation, and the stored version decides which commit wins. Commands of
 * one conversation are applied in order, several per commit; different conversations are processed in parallel.
 */
export class ConversationRuntime {
  readonly #ports: CommandProcessorPorts;
  readonly #processor: CommandProcessor;
  readonly #mailboxes: Mailboxes;
  readonly #running = new Set<Promise<void>>();
  /** Commands not answered yet. */
  #unanswered = 0;
  #isStopping = false;

  /** The clock must have learnt the database's time: `clock.learn(await store.now())`. */
  constructor(ports: RuntimePorts) {
    this.#ports = { ...ports, limits: { ...DEFAULT_LIMITS, ...ports.limits } };
    this.#processor = new CommandProcessor(this.#ports);
    this.#mailboxes = new Mailboxes(this.#ports.limits.maxActors);
  }

  /** Resolves when the command is committed or rejected. Without `ok` it changed nothing, or its id makes a retry safe. */
  async dispatch(key: ConversationKey, command: Command): Promise<Outcome> {
    if (command.type === 'receive' && command.from === 'business' && !command.imported && command.externalId !== null) {
      const echoed = await this.#findEcho(key, command.externalId);
      if (echoed) return echoed;
    }
    return this.#enqueue(key, command);
  }

  /** Updates the cache after delivery marks, which raise the revision without a commit. */
  delivered(key: ConversationKey, messages: Message[]): void {
    const actor = this.#mailboxes.find(key)?.actor;
    if (!actor) return;
    const { stored, snapshot } = actor;
    const { inFlight } = snapshot.context;
    stored.inFlight = messages.findLast(({ id }) => id === inFlight?.messageId)?.delivery ?? stored.inFlight;
    stored.lastMessage = latest(
      stored.lastMessage,
      messages.filter(({ id }) => id === stored.lastMessage?.id),
    );
    // Only without a gap: a missed mark changed something unknown here, and the next commit must notice.
    for (const { revision } of messages) if (revision === stored.revision + 1) stored.revision = revision;
  }

  /**
   * Another node has committed this version. An older actor would lose its next commit, so it is dropped and the next
   * command loads. A busy one finds out by its conflict.
   */
  changedElsewhere(key: ConversationKey, version: number): void {
    const mailbox = this.#mailboxes.find(key);
    if (!mailbox?.actor || mailbox.isBusy || mailbox.actor.stored.version >= version) return;
    this.#mailboxes.forget(mailbox);
  }

  /** Conversations in memory now. */
  get actors(): number {
    return this.#mailboxes.size;
  }

  /** Accepts no more commands; resolves when all earlier ones are answered. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #enqueue(key: ConversationKey, command: Command): Promise<Outcome> {
    const { limits } = this.#ports;
    if (this.#isStopping || this.#unanswered >= limits.maxQueuedCommands) return Promise.resolve(UNAVAILABLE);
    const mailbox = this.#mailboxes.open(key);
    if (mailbox.commands.length >= limits.maxQueuedPerConversation) return Promise.resolve(UNAVAILABLE);
    this.#unanswered += 1;
    return new Promise((resolve) => {
      const answer = (outcome: Outcome): void => {
        this.#unanswered -= 1;
        resolve(outcome);
      };
      mailbox.commands.push({ command, answer });
      if (mailbox.isBusy) return;
      mailbox.isBusy = true;
      // After this tick, so that its other commands join the same fold.
      const running = Promise.resolve()
        .then(() => this.#processAll(mailbox))
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    });
  }

  async #processAll(mailbox: Mailbox): Promise<void> {
    while (mailbox.commands.length > 0) {
      const commands = mailbox.commands.splice(0, this.#ports.limits.commandsPerCommit);
      mailbox.commands.unshift(...(await this.#processor.process(mailbox, commands)));
    }
    mailbox.isBusy = false;
    if (mailbox.actor === null) this.#mailboxes.forget(mailbox);
  }

  async #findEcho(key: ConversationKey, externalId: string): Promise<Outcome | null> {
    try {
      const message = await findEchoedMessage(this.#ports, key, externalId);
      if (message === null) return null;
      this.delivered(key, [message]);
      const [stored] = await this.#ports.store.load([key]);
      if (!stored) return { ok: false, code: 'not_found' };
      const conversation = toConversation(stored, readSnapshot(stored));
      return { ok: true, conversation, message, duplicate: true };
    } catch (error) {
      if (error instanceof StoreUnavailable) return UNAVAILABLE;
      throw error;
    }
  }
}
