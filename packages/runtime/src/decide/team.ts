import { type ConversationEvent, view } from '@baton/conversation';
import type { CommandOf } from './commands.ts';
import { byTeammate, type Decision, accept, UNCHANGED, type Situation } from './decision.ts';

/** The switch, *Take over* and *Hand back* (HOLD-10, HOLD-11). */
export function decideSetAgentReplies(command: CommandOf<'setAgentReplies'>, situation: Situation): Decision {
  const { snapshot, at } = situation;
  const by = byTeammate(command.by);
  const events: ConversationEvent[] = [];
  if (command.enabled && changesByEnabling(command, situation)) {
    events.push({ type: 'replies.enabled', instruction: command.instruction, at, by });
  }
  if (!command.enabled && snapshot.context.off?.reason !== 'switchedOff') {
    events.push({ type: 'replies.disabled', at, by });
  }
  if (command.assign && snapshot.context.assigneeId !== command.by.id) {
    events.push({ type: 'conversation.assigned', assigneeId: command.by.id, at, by });
  }
  return acceptAll(events);
}

/** In `agentActive` a hand-back without instruction changes nothing, unless the agent has failed or asked for help. */
function changesByEnabling(command: CommandOf<'setAgentReplies'>, { snapshot: { context } }: Situation): boolean {
  return (
    command.instruction !== null ||
    context.off !== null ||
    context.windowEndsAt !== null ||
    context.raised !== null ||
    context.failures > 0 ||
    context.leases.some((lease) => lease.teammate.id === command.by.id)
  );
}

export function decideAssign(command: CommandOf<'assign'>, { snapshot, at }: Situation): Decision {
  const { assigneeId } = command;
  if (snapshot.context.assigneeId === assigneeId) return UNCHANGED;
  return accept({ event: { type: 'conversation.assigned', assigneeId, at, by: byTeammate(command.by) } });
}

export function decideStatus(command: CommandOf<'close' | 'reopen' | 'snooze'>, { snapshot, at }: Situation): Decision {
  const by = byTeammate(command.by);
  const { status, snoozedUntil } = view(snapshot);
  switch (command.type) {
    case 'close':
      return status === 'closed' ? UNCHANGED : accept({ event: { type: 'conversation.closed', at, by } });
    case 'reopen':
      return status === 'open' ? UNCHANGED : accept({ event: { type: 'conversation.reopened', at, by } });
    case 'snooze': {
      const { until } = command;
      if (until <= at) return { kind: 'rejected', code: 'invalid', detail: 'snoozedUntil must lie in the future' };
      if (status === 'snoozed' && snoozedUntil === until) return UNCHANGED;
      return accept({ event: { type: 'conversation.snoozed', until, at, by } });
    }
  }
}

function acceptAll(events: ConversationEvent[]): Decision {
  return events.length === 0 ? UNCHANGED : accept(...events.map((event) => ({ event })));
}
