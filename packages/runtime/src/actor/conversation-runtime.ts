import type { Message } from '@baton/protocol';
import { UNAVAILABLE } from './answers.ts';
import { Applier, type ApplierPorts } from './applier.ts';
import { latest } from './commit-item.ts';
import type { Command, Outcome } from '../decide/commands.ts';
import { findEchoed } from './echoes.ts';
import { DEFAULT_LIMITS, type RuntimeLimits } from './limits.ts';
import { type Mailbox, Mailboxes } from './mailbox.ts';
import { readSnapshot } from './read-snapshot.ts';
import { type ConversationKey, StoreUnavailable } from '../ports/store.ts';
import { toConversation } from './wire.ts';

export interface RuntimePorts extends Omit<ApplierPorts, 'limits'> {
  limits?: Partial<RuntimeLimits>;
}

/**
 * Virtual actors: any node may hold any conversation, the stored version decides who was right. Commands of one
 * conversation are applied in order, several to a commit; those of different conversations side by side.
 */
export class ConversationRuntime {
  readonly #ports: ApplierPorts;
  readonly #applier: Applier;
  readonly #boxes: Mailboxes;
  readonly #running = new Set<Promise<void>>();
  /** Letters not answered yet. */
  #open = 0;
  #isStopping = false;

  /** The clock must have learnt the database's time: `clock.learn(await store.now())`. */
  constructor(ports: RuntimePorts) {
    this.#ports = { ...ports, limits: { ...DEFAULT_LIMITS, ...ports.limits } };
    this.#applier = new Applier(this.#ports);
    this.#boxes = new Mailboxes(this.#ports.limits.maxActors);
  }

  /** Resolves when the command is committed or refused. What is not answered `ok` changed nothing, or may be retried by its id. */
  async dispatch(key: ConversationKey, command: Command): Promise<Outcome> {
    if (command.type === 'receive' && command.from === 'business' && !command.imported && command.externalId !== null) {
      const echoed = await this.#recogniseEcho(key, command.externalId);
      if (echoed) return echoed;
    }
    return this.#post(key, command);
  }

  /** Delivery marks raise the revision without a commit: what is cached follows. */
  delivered(key: ConversationKey, messages: Message[]): void {
    const actor = this.#boxes.peek(key)?.actor;
    if (!actor) return;
    const { stored, snapshot } = actor;
    const { inFlight } = snapshot.context;
    stored.inFlight = messages.findLast(({ id }) => id === inFlight?.messageId)?.delivery ?? stored.inFlight;
    stored.lastMessage = latest(
      stored.lastMessage,
      messages.filter(({ id }) => id === stored.lastMessage?.id),
    );
    // Step by step: what one that was left out has changed is not known here, and the next commit must not say that it is.
    for (const { revision } of messages) if (revision === stored.revision + 1) stored.revision = revision;
  }

  /**
   * Another node has committed this version: an older actor could only lose the next commit, so it is forgotten and the next
   * command reads first. One that is at work finds out by itself.
   */
  changedElsewhere(key: ConversationKey, version: number): void {
    const box = this.#boxes.peek(key);
    if (!box?.actor || box.isBusy || box.actor.stored.version >= version) return;
    this.#boxes.forget(box);
  }

  /** Conversations in memory now. */
  get actors(): number {
    return this.#boxes.size;
  }

  /** Takes no more commands; resolves when all that were taken are answered. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #post(key: ConversationKey, command: Command): Promise<Outcome> {
    const { limits } = this.#ports;
    if (this.#isStopping || this.#open >= limits.maxQueuedCommands) return Promise.resolve(UNAVAILABLE);
    const box = this.#boxes.open(key);
    if (box.letters.length >= limits.maxQueuedPerConversation) return Promise.resolve(UNAVAILABLE);
    this.#open += 1;
    return new Promise((resolve) => {
      const answer = (outcome: Outcome): void => {
        this.#open -= 1;
        resolve(outcome);
      };
      box.letters.push({ command, answer });
      if (box.isBusy) return;
      box.isBusy = true;
      // After this tick: what else is dispatched in it belongs to the same fold.
      const running = Promise.resolve()
        .then(() => this.#work(box))
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    });
  }

  /** Empties a mailbox, fold by fold. */
  async #work(box: Mailbox): Promise<void> {
    while (box.letters.length > 0) {
      const letters = box.letters.splice(0, this.#ports.limits.commandsPerCommit);
      box.letters.unshift(...(await this.#applier.apply(box, letters)));
    }
    box.isBusy = false;
    if (box.actor === null) this.#boxes.forget(box);
  }

  async #recogniseEcho(key: ConversationKey, externalId: string): Promise<Outcome | null> {
    try {
      const message = await findEchoed(this.#ports, key, externalId);
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
