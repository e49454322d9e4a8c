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
import { type Command, isRetry } from './commands.ts';
import { decide, namedBy } from './decide.ts';
import { type Change, type Decision, ID_TAKEN } from './decision.ts';
import type { ClaimedAttempt, NewMessage, StoredConversation } from '../ports/store.ts';
import { undelivered } from './undelivered.ts';

/** The answer to a command, valid once the fold is committed. */
export type Answer =
  | { kind: 'done'; messageId: string | null }
  /** Another command of this fold has the same message id. */
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
  /** One per command taken, in order. The other commands are for the next fold. */
  answers: Answer[];
}

export interface FoldInput {
  stored: StoredConversation;
  snapshot: Snapshot;
  /** Whether `stored` was read after the commands arrived. Otherwise its rules and leases may be old. */
  isFresh: boolean;
  commands: readonly Command[];
  /** Stored messages that commands refer to, by id. */
  named: ReadonlyMap<string, Message | null>;
  now: Ms;
  newId(): string;
}

/** Applying a deadline may set another that is due, but never more than this. */
const MAX_DEADLINE_ROUNDS = 3;

/**
 * Applies changed rules, due deadlines and the outcome of the reply in flight, then the commands in order. It stops after
 * a command that inserts or claims an agent message, because the fence checks that message against the final state.
 * @throws the statechart's error for the first command: a bug, which quarantines the conversation
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
    applyDeadlines(result, input, at);
    apply(result, { type: 'rules.changed', rules: stored.rules, at, by: SYSTEM });
  }
  const lost = isFresh ? undelivered(stored, result.after) : null;
  if (lost) {
    applyDeadlines(result, input, at);
    apply(result, { ...lost, at, by: SYSTEM });
  }
  for (const command of commands) {
    const saved = { ...result };
    try {
      applyDeadlines(result, input, at);
      const named = input.named.get(namedBy(command) ?? '') ?? null;
      const duplicate = duplicateOf(command, result.messages);
      if (duplicate) {
        const answer = isRetry(command, duplicate)
          ? ({ kind: 'duplicate', messageId: duplicate.id } as const)
          : ID_TAKEN;
        result.answers = [...result.answers, answer];
        continue;
      }
      const decision = decide(command, { stored, snapshot: result.after, at, named, newId });
      result.answers = [...result.answers, toAnswer(decision)];
      if (decision.kind !== 'accepted') continue;
      for (const change of decision.changes) applyChange(result, change);
      if (decision.changes.some(touchesAgentMessage)) break;
    } catch (error) {
      if (saved.answers.length === 0) throw error;
      // The failing command is the first of the next fold.
      return saved;
    }
  }
  applyDeadlines(result, input, at);
  return result;
}

/** Applies due deadlines, including those that events have just set. */
function applyDeadlines(result: Fold, { stored, isFresh }: FoldInput, at: Ms): void {
  for (let round = 0; round < MAX_DEADLINE_ROUNDS; round += 1) {
    const deadline = nextDeadline(result.after);
    if (deadline === null || deadline > at) return;
    const renewed = isFresh ? renewals(result.after, stored.leases) : {};
    if (isOnlyRenewed(result.after, at, renewed)) return;
    apply(result, { type: 'deadline.passed', renewed, at, by: SYSTEM });
  }
}

/** Expiries that the database has renewed past those in the snapshot. */
export function renewals({ context }: Snapshot, leases: Record<string, Ms>): Record<string, Ms> {
  return Object.fromEntries(
    context.leases.flatMap(({ id, expiresAt }) => {
      const renewed = leases[id];
      return renewed !== undefined && renewed > expiresAt ? [[id, renewed]] : [];
    }),
  );
}

/** Are renewed leases the only deadlines that look due? */
function isOnlyRenewed(snapshot: Snapshot, at: Ms, renewed: Record<string, Ms>): boolean {
  const next = effectiveDeadline(snapshot, renewed);
  return next === null || next > at;
}

/** The earliest deadline, with the database's lease expiries. */
export function effectiveDeadline(snapshot: Snapshot, renewed: Record<string, Ms>): Ms | null {
  const { context } = snapshot;
  const leases = context.leases.map((lease) => ({ ...lease, expiresAt: renewed[lease.id] ?? lease.expiresAt }));
  return nextDeadline({ ...snapshot, context: { ...context, leases } });
}

function applyChange(result: Fold, { event, message, claim }: Change): void {
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

function touchesAgentMessage({ message, claim }: Change): boolean {
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
    case 'accepted':
      return { kind: 'done', messageId: decision.changes.find((it) => it.message)?.message?.id ?? null };
    case 'unchanged':
      return { kind: 'done', messageId: null };
    case 'rejected':
      return decision;
  }
}
