import type { Credential } from '@baton/database/queries/live';
import type { Caller } from '../../auth/caller.ts';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import type { RealtimeReads } from '../fan-out/reads.ts';
import type { TeamSocket } from '../fan-out/sockets.ts';

/**
 * Disconnects teammates who lost access: signed out, key revoked, or removed from the workspace (SEE-5). A changed role
 * applies from the next event on.
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

  /** Workspaces with at least one connection on this node. */
  workspaces(): string[] {
    const ids = new Set<string>();
    for (const sockets of this.#connections.values()) {
      for (const socket of sockets) ids.add(socket.data.caller.workspace.id);
    }
    return [...ids];
  }

  /** Call it twice a second, and at once after an access change. @throws if the database is away */
  readonly check = onceAtATime(() => this.#check());

  async #check(): Promise<void> {
    const checked = [...this.#connections.entries()];
    if (checked.length === 0) return;
    const credentials = checked.flatMap(([, sockets]) =>
      [...sockets].slice(0, 1).map((socket) => credentialOf(socket.data.caller)),
    );
    const roles = await this.#reads.standing(credentials);
    for (const [id, sockets] of checked) {
      const role = roles.get(id);
      for (const socket of sockets) {
        if (role === undefined) socket.disconnect(true);
        else if (socket.data.caller.role !== role) socket.data.caller = { ...socket.data.caller, role };
      }
    }
  }
}

function credentialOf(caller: Caller): Credential {
  const member = { workspaceId: caller.workspace.id, teammateId: caller.teammate.id };
  return caller.via === 'session'
    ? { kind: 'session', id: caller.sessionId, ...member }
    : { kind: 'apiKey', id: caller.apiKeyId, ...member };
}
