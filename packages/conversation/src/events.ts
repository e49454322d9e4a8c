import type { Cause, Origin, Person } from '@baton/protocol';
import type { Ms, Rules } from './facts.ts';

/**
 * A change that happened to a conversation, as JSON. Replaying its events gives the stored snapshot (TIME-3). Events hold
 * no texts; messages do.
 */
export type ConversationEvent =
  | (Base & { type: 'customer.message'; messageId: string })
  | (Base & { type: 'human.typing'; leaseId: string; teammate: Person; expiresAt: Ms })
  | (Base & { type: 'human.stopped'; leaseIds: string[] })
  | (Base & {
      type: 'human.message';
      messageId: string;
      /** Time of the message itself: for an echo it may be long before `at`. */
      sentAt: Ms;
      /** The last `seq` that its writer had seen: it answers up to there. Null for an echo, which answers by time. */
      answersUpTo: number | null;
    })
  | (Base & { type: 'message.recorded'; messageId: string; origin: Origin; note: boolean })
  | (Base & { type: 'replies.disabled' })
  | (Base & { type: 'replies.enabled'; instruction: string | null })
  | (Base & { type: 'rules.changed'; rules: Rules })
  | (Base & { type: 'agent.changed'; agentId: string; rules: Rules })
  | (Base & {
      type: 'deadline.passed';
      /** Expiries of leases that were renewed in the database meanwhile. */
      renewed: Record<string, Ms>;
    })
  | (Base & {
      type: 'reply.ready';
      turn: number;
      /** Null for a reply of silence. */
      messageId: string | null;
    })
  | (Base & { type: 'reply.handoff'; turn: number; reason: string; messageId: string | null })
  | (Base & { type: 'reply.failed'; turn: number; error: string })
  | (Base & { type: 'reply.claimed'; turn: number; messageId: string })
  | (Base & {
      type: 'reply.undelivered';
      turn: number;
      messageId: string;
      /** True: it is queued for another attempt. False: it failed for good. */
      retry: boolean;
    })
  | (Base & { type: 'conversation.closed' })
  | (Base & { type: 'conversation.reopened' })
  | (Base & { type: 'conversation.snoozed'; until: Ms })
  | (Base & { type: 'conversation.assigned'; assigneeId: string | null });

interface Base {
  at: Ms;
  by: Cause;
}

export type EventType = ConversationEvent['type'];
/** Every type of event, once. */
export const EVENT_TYPES = [
  'customer.message',
  'human.typing',
  'human.stopped',
  'human.message',
  'message.recorded',
  'replies.disabled',
  'replies.enabled',
  'rules.changed',
  'agent.changed',
  'deadline.passed',
  'reply.ready',
  'reply.handoff',
  'reply.failed',
  'reply.claimed',
  'reply.undelivered',
  'conversation.closed',
  'conversation.reopened',
  'conversation.snoozed',
  'conversation.assigned',
] as const satisfies EventType[];

export type EventOf<T extends EventType> = Extract<ConversationEvent, { type: T }>;

export const SYSTEM: Cause = { kind: 'system', id: null, name: null };
