import type { Person } from '@baton/protocol';
import type { Command, ConversationKey, Outcome } from '@baton/runtime';
import type { Dispatcher, IntakePort, TypingPort } from '../ports.ts';

export interface DemoParts {
  runtime: Dispatcher;
  intake: Pick<IntakePort, 'openConversation'>;
  typing: TypingPort;
  /** The database's clock, in ms since 1970. */
  now: () => number;
}

/** The one that leases of the demo belong to: nobody signs in with it. */
export const DEMO_CREDENTIAL = 'demo';

const MINUTE_MS = 60_000;

/** One customer's conversation, told by what customers and teammates do. Every line of it is a command like any other. */
export class Story {
  readonly key: ConversationKey;
  readonly #parts: DemoParts;
  readonly #customerId: string;
  #messages = 0;

  private constructor(parts: DemoParts, key: ConversationKey, customerId: string) {
    this.#parts = parts;
    this.key = key;
    this.#customerId = customerId;
  }

  static async of(parts: DemoParts, place: { workspaceId: string; channelId: string }, name: string): Promise<Story> {
    const externalId = `demo-${name.toLowerCase().replaceAll(' ', '-')}`;
    const key = await parts.intake.openConversation({ ...place, customer: { externalId, name } });
    return new Story(parts, key, externalId);
  }

  says(text: string): Promise<void> {
    return this.#receives('customer', text, null);
  }

  /** From the time before Baton, as an import brings it: nobody waits for it and it mutes nobody. */
  said(minutesAgo: number, text: string): Promise<void> {
    return this.#receives('customer', text, minutesAgo);
  }

  wasTold(minutesAgo: number, text: string): Promise<void> {
    return this.#receives('business', text, minutesAgo);
  }

  isAnsweredBy(by: Person, text: string): Promise<void> {
    return this.#does({ type: 'send', by, text, note: false, ...this.#sent(), lastSeenSeq: null, force: true });
  }

  getsNote(by: Person, text: string): Promise<void> {
    return this.#does({ type: 'send', by, text, note: true, ...this.#sent(), lastSeenSeq: null, force: false });
  }

  isTakenOverBy(by: Person): Promise<void> {
    return this.#does({ type: 'setAgentReplies', by, enabled: false, instruction: null, assign: true });
  }

  isHandedBackBy(by: Person, instruction: string | null = null): Promise<void> {
    return this.#does({ type: 'setAgentReplies', by, enabled: true, instruction, assign: false });
  }

  isAssignedBy(by: Person, to: Person): Promise<void> {
    return this.#does({ type: 'assign', by, assigneeId: to.id });
  }

  isClosedBy(by: Person): Promise<void> {
    return this.#does({ type: 'close', by });
  }

  isSnoozedBy(by: Person, minutes: number): Promise<void> {
    return this.#does({ type: 'snooze', by, until: this.#parts.now() + minutes * MINUTE_MS });
  }

  async isWrittenToBy(by: Person): Promise<void> {
    succeed(await this.#parts.typing.beat(this.key, by, DEMO_CREDENTIAL));
  }

  /** The agent's first reply, made here instead of by a worker: only before the workers start, and with no reply delay. */
  async hasReplyReady(text: string): Promise<void> {
    await this.#does({ type: 'wake' });
    await this.#does({ type: 'replyReady', turn: FIRST_TURN, text });
  }

  #receives(from: 'customer' | 'business', text: string, minutesAgo: number | null): Promise<void> {
    const sentAt = minutesAgo === null ? null : this.#parts.now() - minutesAgo * MINUTE_MS;
    const imported = minutesAgo !== null;
    return this.#does({
      type: 'receive',
      from,
      text,
      externalId: null,
      ...this.#sent(),
      sentAt,
      automated: false,
      imported,
    });
  }

  #sent(): { clientMessageId: string } {
    return { clientMessageId: `${this.#customerId}-${++this.#messages}` };
  }

  async #does(command: Command): Promise<void> {
    succeed(await this.#parts.runtime.dispatch(this.key, command));
  }
}

/** Of a conversation's first generation. */
const FIRST_TURN = 1;

function succeed(outcome: Outcome | { ok: true }): void {
  if (!outcome.ok) throw new Error(`the demo met ${outcome.code}: ${outcome.detail ?? ''}`);
}
