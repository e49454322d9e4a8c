import { LEASE_MS } from '@baton/conversation';
import { isLeaseOf } from './lease-id.ts';
import { byTeammate, type CommandOf, type Decision, happens, NOTHING, type Situation } from './decision.ts';

/** The first keystroke; renewals never come here (HOLD-4). */
export function decideStartTyping(command: CommandOf<'startTyping'>, { snapshot, at }: Situation): Decision {
  const { by, leaseId } = command;
  if (snapshot.context.leases.some((lease) => lease.id === leaseId)) return NOTHING;
  const event = { type: 'human.typing', leaseId, teammate: by, expiresAt: at + LEASE_MS } as const;
  return happens({ event: { ...event, at, by: byTeammate(by) } });
}

export function decideStopTyping(command: CommandOf<'stopTyping'>, { snapshot, at }: Situation): Decision {
  const { by, leaseIds, writer } = command;
  const live = snapshot.context.leases.filter(
    ({ id, teammate }) =>
      teammate.id === by.id && (leaseIds.includes(id) || (writer !== undefined && isLeaseOf(id, writer))),
  );
  if (live.length === 0) return NOTHING;
  return happens({ event: { type: 'human.stopped', leaseIds: live.map(({ id }) => id), at, by: byTeammate(by) } });
}
