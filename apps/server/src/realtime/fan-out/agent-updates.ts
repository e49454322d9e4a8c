import type { AgentPause } from '@baton/protocol';
import type { TeamNamespace, TeamSocket } from '../gateway/namespaces.ts';
import type { RealtimeReads } from '../ports.ts';
import { everyoneIn } from './rooms.ts';

export interface AgentNewsParts {
  team: TeamNamespace;
  reads: Pick<RealtimeReads, 'pauses'>;
}

/**
 * Tells workspaces which of their agents are paused. A pause touches every conversation of the agent, most of which have no
 * event for it: it is told once, of the agent, and pages show it in each conversation (ADR 0116).
 */
export class AgentNews {
  readonly #parts: AgentNewsParts;
  /** The versions that workspaces have been told. */
  readonly #told = new Map<string, number>();

  constructor(parts: AgentNewsParts) {
    this.#parts = parts;
  }

  /** All there are, for whoever has just come. @throws when the database is away */
  async welcome(socket: TeamSocket): Promise<void> {
    const agents = await this.#parts.reads.pauses([socket.data.caller.workspace.id]);
    socket.emit('agents', agents.map(toPause));
  }

  /** At once where something changed here, and every 5 s for what changed elsewhere. @throws when the database is away */
  async look(workspaceIds: string[]): Promise<void> {
    if (workspaceIds.length === 0) return;
    const agents = await this.#parts.reads.pauses(workspaceIds);
    const news = agents.filter(({ id, version }) => version > (this.#told.get(id) ?? 0));
    for (const { id, version } of news) this.#told.set(id, version);
    for (const [workspaceId, changed] of Map.groupBy(news, (agent) => agent.workspaceId))
      this.#parts.team.to(everyoneIn(workspaceId)).emit('agents', changed.map(toPause));
  }
}

function toPause({ workspaceId: _, ...pause }: AgentPause & { workspaceId: string }): AgentPause {
  return pause;
}
