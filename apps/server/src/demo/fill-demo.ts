import { changeRules, type Database } from '@baton/database';
import { insertAgent } from '@baton/database/queries/agents';
import { insertChannel } from '@baton/database/queries/channels';
import { insertKnowledge } from '@baton/database/queries/knowledge';
import { insertTeammate } from '@baton/database/queries/teammates';
import type { ChannelKind, ChannelSettings, Person } from '@baton/protocol';
import type { Auth } from '../auth/auth.ts';
import { createFirstWorkspace } from '../auth/create-workspace.ts';
import { hashSecret, newSecret, newSigningSecret } from '@baton/channels';
import type { Every } from '../timing/every.ts';
import { playDemo, playTakeover, type DemoCast } from './conversations.ts';
import { keepTyping } from './keep-typing.ts';
import { demoKnowledge } from './knowledge.ts';
import { ADA, BEN, CLEO, DEMO_PASSWORD, DEMO_WORKSPACE } from './people.ts';
import type { DemoParts } from './story.ts';

export interface FillDemoParts extends DemoParts {
  db: Database;
  auth: Pick<Auth, 'hashPassword'>;
  every: Every;
}

/**
 * A workspace to look around in: three teammates, agents that know something, channels. To be called before the workers
 * start. The conversations follow by `fill`, in the background: nobody who waits for the server waits for them.
 */
export async function prepareDemo(parts: FillDemoParts): Promise<{ fill: () => Promise<void> } | null> {
  const cast = await hire(parts);
  if (!cast) return null;
  await playTakeover(parts, cast);
  return {
    async fill() {
      const { writtenByCleo } = await playDemo(parts, cast);
      keepTyping(parts.typing, writtenByCleo, cast.cleo, parts.every);
    },
  };
}

/** A window in which a newcomer can look around; wholesale is slow business. */
const LONG_WINDOW_SECONDS = 900;
/** Nobody listens there, and by the rules for outgoing requests nothing is ever sent there: messages fail. */
const REFUSED = 'http://127.0.0.1:9/messages';

async function hire({ db, auth }: FillDemoParts): Promise<DemoCast | null> {
  const owner = { name: ADA.name, email: ADA.email, password: DEMO_PASSWORD };
  const made = await createFirstWorkspace({ db, auth }, { name: DEMO_WORKSPACE, owner });
  if (!made) return null;
  const { workspaceId, ownerId } = made;
  const passwordHash = await auth.hashPassword(DEMO_PASSWORD);

  const { deskId, tradeId, ...cast } = await db.transaction(async (tx) => {
    const [ben, cleo] = await Promise.all(
      [BEN, CLEO].map(async (person) => {
        const teammate = await insertTeammate(tx, workspaceId, { ...person, passwordHash });
        if (!teammate) throw new Error(`${person.email} is taken, in a database without a workspace`);
        return { id: teammate.id, name: teammate.name } satisfies Person;
      }),
    );
    if (!ben || !cleo) throw new Error('two were hired');
    for (const entry of demoKnowledge) await insertKnowledge(tx, workspaceId, entry);

    const open = async (kind: ChannelKind, name: string, agentId: string, settings: ChannelSettings = {}) => {
      const secrets = { inboundSecretHash: hashSecret(newSecret('inbound')), signingSecret: newSigningSecret() };
      const channel = await insertChannel(tx, workspaceId, { kind, name, agentId, settings, ...secrets });
      if (!channel) throw new Error('the agent was made just before');
      return channel.id;
    };
    const shop = await insertAgent(tx, workspaceId, { name: 'Harbour Assistant', backend: { kind: 'faq' } });
    const desk = await insertAgent(tx, workspaceId, { name: 'Order Assistant', backend: { kind: 'faq' } });
    const trade = await insertAgent(tx, workspaceId, { name: 'Wholesale Assistant', backend: { kind: 'faq' } });
    return {
      deskId: desk.id,
      tradeId: trade.id,
      workspaceId,
      webchat: await open('webchat', 'Shop chat', shop.id),
      orders: await open('http', 'Order system', desk.id),
      wholesale: await open('http', 'Wholesale portal', trade.id, { callbackUrl: REFUSED }),
      ada: { id: ownerId, name: ADA.name },
      ben,
      cleo,
    };
  });
  await changeRules(db, workspaceId, deskId, { replyDelaySeconds: 0 });
  await changeRules(db, workspaceId, tradeId, { humanPriorityWindowSeconds: LONG_WINDOW_SECONDS });
  return cast;
}
