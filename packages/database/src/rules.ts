import type { Rules } from '@baton/conversation';
import type { agents } from './schema/agents.ts';

/** The rules in force of an agent, as the statechart takes them. */
export function rulesOf(agent: typeof agents.$inferSelect): Rules {
  return {
    muteWhenHumanActive: agent.muteWhenHumanActive,
    humanPriorityWindowSeconds: agent.humanPriorityWindowSeconds,
    replyDelaySeconds: agent.replyDelaySeconds,
    version: agent.rulesVersion,
    paused: agent.paused,
    pausedBy: agent.pausedBy,
  };
}
