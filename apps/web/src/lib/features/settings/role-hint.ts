import type { Role } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const HINTS: Readonly<Record<Role, () => string>> = {
  teammate: m.team_role_teammate_hint,
  supervisor: m.team_role_supervisor_hint,
  owner: m.team_role_owner_hint,
};

export function roleHint(role: Role): string {
  return HINTS[role]();
}
