import { LEASE_MS } from '@baton/conversation';
import type { CommandOf } from './commands.ts';
import { byTeammate, type Decision, accept, UNCHANGED, type Situation } from './decision.ts';

/** A lease id names its writer, so that a writer can end on one node a lease that started on another. */
export const leaseIdOf = (writer: string, id: string): string => `${id}.${writer}`;

const isLeaseOf = (leaseId: string, writer: string): boolean => leaseId.endsWith(`.${writer}`);

/** The first keystroke. Renewals are not commands (HOLD-4). */
export function decideStartTyping(command: CommandOf<'startTyping'>, { snapshot, at }: Situation): Decision {
  const { by, leaseId } = command;
  if (snapshot.context.leases.some((lease) => lease.id === leaseId)) return UNCHANGED;
  const event = { type: 'human.typing', leaseId, teammate: by, expiresAt: at + LEASE_MS } as const;
  return accept({ event: { ...event, at, by: byTeammate(by) } });
}

export function decideStopTyping(command: CommandOf<'stopTyping'>, { snapshot, at }: Situation): Decision {
  const { by, leaseIds, writer } = command;
  const live = snapshot.context.leases.filter(
    ({ id, teammate }) =>
      teammate.id === by.id && (leaseIds.includes(id) || (writer !== undefined && isLeaseOf(id, writer))),
  );
  if (live.length === 0) return UNCHANGED;
  return accept({ event: { type: 'human.stopped', leaseIds: live.map(({ id }) => id), at, by: byTeammate(by) } });
}
