import type { Presence } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { TeamNamespace, TeamSocket } from '../gateway/namespaces.ts';
import { everyoneIn } from './rooms.ts';

export interface AttendanceParts {
  team: TeamNamespace;
  presenceOf: (key: ConversationKey) => Presence;
}

/**
 * Tells the whole workspace which conversations teammates have open, and who is writing in them, for the rows of lists and the
 * supervisors' board. Collected, like lists: whoever watches the conversation is told at once by other means.
 */
export class Attendance {
  readonly #parts: AttendanceParts;
  readonly #changed = new Map<string, ConversationKey>();
  /** What the workspace knows somebody to be in. */
  readonly #attended = new Map<string, ConversationKey>();

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
  }

  changed(key: ConversationKey): void {
    this.#changed.set(key.conversationId, key);
  }

  /** To be called every 250 ms. */
  flush(): void {
    const byWorkspace = Map.groupBy(this.#changed.values(), ({ workspaceId }) => workspaceId);
    this.#changed.clear();
    for (const [workspaceId, keys] of byWorkspace) {
      const entries = keys.flatMap((key) => this.#entry(key));
      if (entries.length > 0) this.#parts.team.to(everyoneIn(workspaceId)).emit('attendance', entries);
    }
  }

  /** Everything there is, for whoever has just come. */
  welcome(socket: TeamSocket): void {
    const { id } = socket.data.caller.workspace;
    const here = [...this.#attended.values()].filter(({ workspaceId }) => workspaceId === id);
    if (here.length > 0) socket.emit('attendance', here.map(this.#parts.presenceOf));
  }

  /** Customers come and go by the thousand: where no teammate is or was, nobody is told. */
  #entry(key: ConversationKey): Presence[] {
    const presence = this.#parts.presenceOf(key);
    const isAttended = presence.people.some(({ kind }) => kind === 'teammate');
    const was = isAttended ? this.#attended.has(key.conversationId) : this.#attended.delete(key.conversationId);
    if (isAttended) this.#attended.set(key.conversationId, key);
    return isAttended || was ? [presence] : [];
  }
}
