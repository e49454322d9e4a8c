import type { Role } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const LABELS: Readonly<Record<Role, () => string>> = {
  teammate: m.account_role_teammate,
  supervisor: m.account_role_supervisor,
  owner: m.account_role_owner,
};

export function roleLabel(role: Role): string {
  return LABELS[role]();
}
