import { changeRules, type Database, openConversation } from '@baton/database';
import type { IntakePort } from '../deps.ts';
import { found } from './refusal.ts';

/** The port as the database fulfils it. */
export function intake(db: Database): IntakePort {
  return {
    async openConversation({ workspaceId, channelId, customer: { externalId, name } }) {
      const named = name === null ? {} : { customerName: name };
      // Null only where the channel was closed between the look at its door and now.
      return found(await openConversation(db, { workspaceId, channelId, customerExternalId: externalId, ...named }));
    },
    async changeRules({ workspaceId, agentId, change }) {
      found(await changeRules(db, workspaceId, agentId, change));
    },
  };
}
