import type { Actor } from '@baton/database/queries/audit';
import type { Person, Role } from '@baton/protocol';

/** The caller of a request or socket, with the credential that proves it. */
export type Caller = {
  teammate: { id: string; name: string; email: string };
  workspace: { id: string; name: string };
  role: Role;
} & ({ via: 'session'; sessionId: string } | { via: 'apiKey'; apiKeyId: string });

/** Names the proof: leases over HTTP belong to it (HOLD-4), and revoking it ends what it opened. */
export function credentialId(caller: Caller): string {
  return caller.via === 'session' ? caller.sessionId : caller.apiKeyId;
}

/** The caller as commands name them. */
export function personOf({ teammate: { id, name } }: Caller): Person {
  return { id, name };
}

/** The caller as the audit log names them. */
export function actorOf(caller: Caller): Actor {
  return { workspaceId: caller.workspace.id, ...personOf(caller) };
}
