import type { Credential } from '@baton/database/queries/live';
import type { Caller } from '../../auth/caller.ts';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import type { TeamSocket } from './namespaces.ts';
import type { RealtimeReads } from '../ports.ts';

/**
 * Ends the connections of those who may no longer see (SEE-5): signed out, key revoked, removed from the workspace. A
 * role that changed applies from the next event on.
 */
export class Membership {
  readonly #reads: Pick<RealtimeReads, 'standing'>;
  readonly #connections = new Map<string, Set<TeamSocket>>();

  constructor(reads: Pick<RealtimeReads, 'standing'>) {
    this.#reads = reads;
  }

  add(socket: TeamSocket): void {
    const { id } = credentialOf(socket.data.caller);
    const sockets = this.#connections.get(id) ?? new Set();
    this.#connections.set(id, sockets.add(socket));
  }

  remove(socket: TeamSocket): void {
    const { id } = credentialOf(socket.data.caller);
    const sockets = this.#connections.get(id);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#connections.delete(id);
  }

  /** Those that have somebody connected here. */
  workspaces(): string[] {
    const ids = new Set<string>();
    for (const sockets of this.#connections.values()) {
      for (const socket of sockets) ids.add(socket.data.caller.workspace.id);
    }
    return [...ids];
  }

  /** To be called twice a second, and at once when something has ended. @throws when the database is away */
  readonly check = onceAtATime(() => this.#check());

  async #check(): Promise<void> {
    const asked = [...this.#connections.entries()];
    if (asked.length === 0) return;
    const credentials = asked.flatMap(([, sockets]) =>
      [...sockets].slice(0, 1).map((socket) => credentialOf(socket.data.caller)),
    );
    const roles = await this.#reads.standing(credentials);
    for (const [id, sockets] of asked) {
      const role = roles.get(id);
      for (const socket of sockets) {
        if (role === undefined) socket.disconnect(true);
        else if (socket.data.caller.role !== role) socket.data.caller = { ...socket.data.caller, role };
      }
    }
  }
}

function credentialOf(caller: Caller): Credential {
  const whose = { workspaceId: caller.workspace.id, teammateId: caller.teammate.id };
  return caller.via === 'session'
    ? { kind: 'session', id: caller.sessionId, ...whose }
    : { kind: 'apiKey', id: caller.apiKeyId, ...whose };
}
