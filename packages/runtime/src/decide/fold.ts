import {
  type ConversationEvent,
  type Effect,
  type Ms,
  nextDeadline,
  type Snapshot,
  type Step,
  step,
  SYSTEM,
} from '@baton/conversation';
import type { Message } from '@baton/protocol';
import type { Command } from './commands.ts';
import { decide, namedBy } from './decide.ts';
import type { Decision, Happening } from './decision.ts';
import { isRetry, TAKEN } from './retries.ts';
import type { ClaimedAttempt, NewMessage, StoredConversation } from '../ports/store.ts';
import { undelivered } from './undelivered.ts';

/** What a command is answered once the fold is committed. */
export type Answer =
  | { kind: 'done'; messageId: string | null }
  /** The same message id came twice in one fold. */
  | { kind: 'duplicate'; messageId: string }
  | Extract<Decision, { kind: 'rejected' }>;

/** Several commands of one conversation as one commit. */
export interface Fold {
  before: Snapshot;
  after: Snapshot;
  steps: Step[];
  effects: Effect[];
  messages: NewMessage[];
  claim: ClaimedAttempt | null;
  /** One per command taken, from the first on; the others are for the next fold. */
  answers: Answer[];
}

export interface FoldInput {
  stored: StoredConversation;
  snapshot: Snapshot;
  /** Was `stored` read after the commands came in? Only then are its rules and leases believed. */
  isFresh: boolean;
  commands: readonly Command[];
  /** Messages that commands name, by id. */
  named: ReadonlyMap<string, Message | null>;
  now: Ms;
  newId(): string;
}

/**
 * Applies changed rules, due deadlines and what became of the reply in flight, then the commands in order, until one
 * inserts or claims an agent message: the fence judges that message by the conversation as the commit leaves it.
 * @throws what the first command makes the statechart throw: a bug, and the conversation is poisoned by it
 */
export function fold(input: FoldInput): Fold {
  const { stored, snapshot, isFresh, commands, newId } = input;
  const at = Math.max(input.now, snapshot.context.lastAt);
  const result: Fold = {
    before: snapshot,
    after: snapshot,
    steps: [],
    effects: [],
    messages: [],
    claim: null,
    answers: [],
  };

  if (isFresh && stored.rules.version !== snapshot.context.rules.version) {
    settle(result, input, at);
    apply(result, { type: 'rules.changed', rules: stored.rules, at, by: SYSTEM });
  }
  const lost = isFresh ? undelivered(stored, result.after) : null;
  if (lost) {
    settle(result, input, at);
    apply(result, { ...lost, at, by: SYSTEM });
  }
  for (const command of commands) {
    const saved = { ...result };
    try {
      settle(result, input, at);
      const named = input.named.get(namedBy(command) ?? '') ?? null;
      const duplicate = duplicateOf(command, result.messages);
      if (duplicate) {
        const answer = isRetry(command, duplicate) ? ({ kind: 'duplicate', messageId: duplicate.id } as const) : TAKEN;
        result.answers = [...result.answers, answer];
        continue;
      }
      const decision = decide(command, { stored, snapshot: result.after, at, named, newId });
      result.answers = [...result.answers, toAnswer(decision)];
      if (decision.kind !== 'happens') continue;
      for (const happening of decision.happenings) happen(result, happening);
      if (decision.happenings.some(touchesAgentMessage)) break;
    } catch (error) {
      if (saved.answers.length === 0) throw error;
      // The guilty one will stand first in the next fold.
      return saved;
    }
  }
  settle(result, input, at);
  return result;
}

/** Applies the deadlines that are due, also those that the events have just set. */
function settle(result: Fold, { stored, isFresh }: FoldInput, at: Ms): void {
  for (let round = 0; round < 3; round += 1) {
    const deadline = nextDeadline(result.after);
    if (deadline === null || deadline > at) return;
    const renewed = isFresh ? renewals(result.after, stored.leases) : {};
    if (isOnlyRenewed(result.after, at, renewed)) return;
    apply(result, { type: 'deadline.passed', renewed, at, by: SYSTEM });
  }
}

/** Leases that the database has renewed past what the snapshot knows. */
export function renewals({ context }: Snapshot, leases: Record<string, Ms>): Record<string, Ms> {
  return Object.fromEntries(
    context.leases.flatMap(({ id, expiresAt }) => {
      const renewed = leases[id];
      return renewed !== undefined && renewed > expiresAt ? [[id, renewed]] : [];
    }),
  );
}

/** Is everything that seems due a lease that has been renewed? Then nothing has happened. */
function isOnlyRenewed(snapshot: Snapshot, at: Ms, renewed: Record<string, Ms>): boolean {
  const next = effectiveDeadline(snapshot, renewed);
  return next === null || next > at;
}

/** The earliest deadline with the expiries that the database has. */
export function effectiveDeadline(snapshot: Snapshot, renewed: Record<string, Ms>): Ms | null {
  const { context } = snapshot;
  const leases = context.leases.map((lease) => ({ ...lease, expiresAt: renewed[lease.id] ?? lease.expiresAt }));
  return nextDeadline({ ...snapshot, context: { ...context, leases } });
}

function happen(result: Fold, { event, message, claim }: Happening): void {
  apply(result, event);
  if (message) result.messages = [...result.messages, { ...message, seq: result.after.context.lastSeq }];
  if (claim) result.claim = claim;
}

function apply(result: Fold, event: ConversationEvent): void {
  const applied = step(result.after, event);
  result.after = applied.after;
  result.steps = [...result.steps, applied];
  result.effects = [...result.effects, ...applied.effects];
}

function touchesAgentMessage({ message, claim }: Happening): boolean {
  return claim !== undefined || message?.author.kind === 'agent';
}

function duplicateOf(command: Command, messages: NewMessage[]): NewMessage | undefined {
  if (command.type !== 'receive' && command.type !== 'send') return undefined;
  const externalId = command.type === 'receive' ? command.externalId : null;
  const { clientMessageId } = command;
  return messages.find(
    (it) =>
      (clientMessageId !== null && it.clientMessageId === clientMessageId) ||
      (externalId !== null && it.externalId === externalId),
  );
}

function toAnswer(decision: Decision): Answer {
  switch (decision.kind) {
    case 'happens':
      return { kind: 'done', messageId: decision.happenings.find((it) => it.message)?.message?.id ?? null };
    case 'nothing':
      return { kind: 'done', messageId: null };
    case 'rejected':
      return decision;
  }
}
