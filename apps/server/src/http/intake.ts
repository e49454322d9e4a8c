import { changeRules, type Connections, findInboundChannel, type NoteChange, openConversation } from '@baton/database';
import { recordAudit } from '@baton/database/queries/audit';
import type { HumanInteractionRules } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { IntakePort } from '../ports.ts';
import { found } from '../problems/rejection.ts';

/** Customers who wrote lately; beyond these the one who came first is asked for again. */
const MAX_REMEMBERED = 20_000;

/** The port as the database fulfils it. */
export function createIntake({ db, sql }: Pick<Connections, 'db' | 'sql'>): IntakePort {
  // A customer's conversation at a channel stays the same for ever, so it may be remembered; whether the channel is still
  // open, the door has to say.
  const remembered = new Map<string, { key: ConversationKey; name: string | null }>();

  return {
    findInboundChannel: (channelId) => findInboundChannel(sql, channelId),
    async openConversation({ workspaceId, channelId, customer: { externalId, name } }) {
      const customer = `${channelId} ${externalId}`;
      const before = remembered.get(customer);
      if (before && (name === null || name === before.name)) return before.key;
      const named = name === null ? {} : { customerName: name };
      // Null only where the channel was closed between the look at its door and now.
      const key = found(
        await openConversation(sql, { workspaceId, channelId, customerExternalId: externalId, ...named }),
      );
      remembered.set(customer, { key, name });
      const first = remembered.keys().next().value;
      if (remembered.size > MAX_REMEMBERED && first !== undefined) remembered.delete(first);
      return key;
    },
    async changeRules({ workspaceId, agentId, change, by }) {
      const patch = change.paused === undefined ? change : { ...change, pausedBy: by };
      const note: NoteChange = (tx, before) => recordAudit(tx, workspaceId, by, actOf(agentId, change, before));
      found(await changeRules(db, workspaceId, agentId, patch, note));
    },
  };
}

type RulesChange = Parameters<IntakePort['changeRules']>[0]['change'];

function actOf(subjectId: string, { paused, ...change }: RulesChange, before: HumanInteractionRules) {
  if (paused !== undefined) return { action: paused ? 'agent.paused' : 'agent.resumed', subjectId } as const;
  const { muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds } = before;
  const detail = { before: { muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds }, change };
  return { action: 'agent.rules.changed', subjectId, detail } as const;
}
