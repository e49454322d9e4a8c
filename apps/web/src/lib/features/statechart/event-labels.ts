import type { Transition } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const EVENT_LABELS: Readonly<Record<string, () => string>> = {
  'customer.message': m.history_customer_message,
  'human.typing': m.history_human_typing,
  'human.stopped': m.history_human_stopped,
  'human.message': m.history_human_message,
  'message.recorded': m.history_message_recorded,
  'replies.disabled': m.history_replies_disabled,
  'replies.enabled': m.history_replies_enabled,
  'rules.changed': m.history_rules_changed,
  'agent.changed': m.history_agent_changed,
  'deadline.passed': m.history_deadline_passed,
  'reply.ready': m.history_reply_ready,
  'reply.handoff': m.history_reply_handoff,
  'reply.failed': m.history_reply_failed,
  'reply.claimed': m.history_reply_claimed,
  'reply.undelivered': m.history_reply_undelivered,
  'conversation.closed': m.history_conversation_resolved,
  'conversation.reopened': m.history_conversation_reopened,
  'conversation.snoozed': m.history_conversation_snoozed,
  'conversation.assigned': m.history_conversation_assigned,
};

/** Every event that has words. */
export const labelledEvents: readonly string[] = Object.keys(EVENT_LABELS);

/** The label of an event; an unknown event of a newer server shows its name. */
export function eventText(transition: Pick<Transition, 'event' | 'from' | 'to'>): string {
  const { event, from, to } = transition;
  if (event.type === 'deadline.passed' && from !== to) {
    return from === 'humanPriorityWindow' ? m.history_window_ended() : m.history_typing_ended();
  }
  if (event.type === 'deadline.passed' && from === 'agentActive') return m.history_quiet();
  if (event.type === 'message.recorded' && event['note'] === true) return m.history_note();
  if (event.type === 'reply.ready' && event['messageId'] === null) return m.history_reply_silence();
  if (event.type === 'conversation.assigned' && event['assigneeId'] === null)
    return m.history_conversation_unassigned();
  return EVENT_LABELS[event.type]?.() ?? event.type;
}

export function actorText({ by: { kind, id, name } }: Pick<Transition, 'by'>, meId: string): string {
  switch (kind) {
    case 'teammate':
      return id === meId ? m.history_by_you() : (name ?? '');
    case 'customer':
      return name ?? m.history_by_customer();
    case 'agent':
      return name ?? m.history_by_agent();
    case 'external':
      return m.history_by_external();
    case 'system':
      return m.history_by_system();
  }
}

export function versionText(firstVersion: number, version: number): string {
  return firstVersion === version
    ? m.history_version({ version })
    : m.history_versions({ first: firstVersion, last: version });
}

export const timesText = (count: number): string => m.history_times({ count });
