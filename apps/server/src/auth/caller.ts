import type { Role } from '@baton/protocol';

/** Who makes a request or holds a socket, and what proves it. */
export type Caller = {
  teammate: { id: string; name: string; email: string };
  workspace: { id: string; name: string };
  role: Role;
} & ({ via: 'session'; sessionId: string } | { via: 'apiKey'; apiKeyId: string });

/** Names the proof: leases over HTTP belong to it (HOLD-4), and revoking it ends what it opened. */
export function credentialId(caller: Caller): string {
  return caller.via === 'session' ? caller.sessionId : caller.apiKeyId;
}
