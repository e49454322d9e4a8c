import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { PresenceRegistry } from '../presence/presence-registry.ts';
import { everyoneIn, isAnyoneIn, watchersOf } from './rooms.ts';
import type { TeamNamespace, TeamSocket } from './sockets.ts';

export interface PresenceFramesParts {
  team: TeamNamespace;
  presence: Pick<PresenceRegistry, 'of'>;
}

/**
 * Sends `presence` to the watchers of a conversation at once, and `attendance` to its whole workspace in batches: lists and
 * the supervisors' board show which conversations teammates have open, and who writes there.
 */
export class PresenceFrames {
  readonly #parts: PresenceFramesParts;
  readonly #changed = new Map<string, ConversationKey>();
  /** Conversations in which the workspace last saw a teammate. */
  readonly #attended = new Map<string, ConversationKey>();

  constructor(parts: PresenceFramesParts) {
    this.#parts = parts;
  }

  changed(key: ConversationKey): void {
    const { team, presence } = this.#parts;
    const room = watchersOf(key);
    if (isAnyoneIn(team, room)) team.to(room).emit('presence', presence.of(key));
    this.#changed.set(key.conversationId, key);
  }

  /** Call it every 250 ms. */
  flushAttendance(): void {
    const byWorkspace = Map.groupBy(this.#changed.values(), ({ workspaceId }) => workspaceId);
    this.#changed.clear();
    for (const [workspaceId, keys] of byWorkspace) {
      const entries = keys.flatMap((key) => this.#attendance(key));
      if (entries.length > 0) this.#parts.team.to(everyoneIn(workspaceId)).emit('attendance', entries);
    }
  }

  /** Sends everything known to a new connection. */
  sendAttendance(socket: TeamSocket): void {
    const { id } = socket.data.caller.workspace;
    const attended = [...this.#attended.values()].filter(({ workspaceId }) => workspaceId === id);
    if (attended.length > 0) {
      socket.emit(
        'attendance',
        attended.map((key) => this.#parts.presence.of(key)),
      );
    }
  }

  /** Thousands of customers come and go: their workspace learns only of conversations with a teammate in them. */
  #attendance(key: ConversationKey): Presence[] {
    const presence = this.#parts.presence.of(key);
    const isAttended = presence.people.some(({ kind }) => kind === 'teammate');
    const wasAttended = isAttended ? this.#attended.has(key.conversationId) : this.#attended.delete(key.conversationId);
    if (isAttended) this.#attended.set(key.conversationId, key);
    return isAttended || wasAttended ? [presence] : [];
  }
}
