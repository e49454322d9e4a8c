import type { AgentPause } from '@baton/protocol';
import type { RealtimeReads } from './reads.ts';
import { everyoneIn } from './rooms.ts';
import type { TeamNamespace, TeamSocket } from './sockets.ts';

export interface AgentUpdatesParts {
  team: TeamNamespace;
  reads: Pick<RealtimeReads, 'pauses'>;
}

/**
 * Tells workspaces which of their agents are paused. A pause affects every conversation of the agent, and most of them get
 * no event for it, so pages show the agent's pause in each conversation (ADR 21).
 */
export class AgentUpdates {
  readonly #parts: AgentUpdatesParts;
  /** The last version of each agent that its workspace received. */
  readonly #sent = new Map<string, number>();

  constructor(parts: AgentUpdatesParts) {
    this.#parts = parts;
  }

  /** Sends all agents to a new connection. @throws if the database is away */
  async sendAll(socket: TeamSocket): Promise<void> {
    const agents = await this.#parts.reads.pauses([socket.data.caller.workspace.id]);
    socket.emit('agents', agents.map(toPause));
  }

  /** Sends changed agents. Called after local changes, and every 5 s for changes on other nodes. @throws if the database is away */
  async sendChanged(workspaceIds: string[]): Promise<void> {
    if (workspaceIds.length === 0) return;
    const agents = await this.#parts.reads.pauses(workspaceIds);
    const changed = agents.filter(({ id, version }) => version > (this.#sent.get(id) ?? 0));
    for (const { id, version } of changed) this.#sent.set(id, version);
    for (const [workspaceId, group] of Map.groupBy(changed, (agent) => agent.workspaceId))
      this.#parts.team.to(everyoneIn(workspaceId)).emit('agents', group.map(toPause));
  }
}

function toPause({ workspaceId: _, ...pause }: AgentPause & { workspaceId: string }): AgentPause {
  return pause;
}
