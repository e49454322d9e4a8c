import type { Database } from '@baton/database';
import { insertAgent } from '@baton/database/queries/agents';
import { insertChannel } from '@baton/database/queries/channels';
import { insertKnowledge } from '@baton/database/queries/knowledge';
import { insertTeammate } from '@baton/database/queries/teammates';
import type { ChannelKind, Person } from '@baton/protocol';
import type { Auth } from '../auth/auth.ts';
import { createFirstWorkspace } from '../auth/create-workspace.ts';
import { hashSecret, newSecret, newSigningSecret } from '../auth/secrets.ts';
import type { Every } from '../realtime/ports.ts';
import { playDemo, type DemoCast, type DemoParts } from './conversations.ts';
import { keepTyping } from './keep-typing.ts';
import { demoKnowledge } from './knowledge.ts';
import { ADA, BEN, CLEO, DEMO_PASSWORD, DEMO_WORKSPACE } from './people.ts';

export interface FillDemoParts extends DemoParts {
  db: Database;
  auth: Pick<Auth, 'hashPassword'>;
  every: Every;
}

/** A workspace to look around in: three teammates, an agent that knows something, two channels, live conversations. */
export async function fillDemo(parts: FillDemoParts): Promise<void> {
  const cast = await hire(parts);
  if (!cast) return;
  const { writtenByCleo } = await playDemo(parts, cast);
  keepTyping(parts.typing, writtenByCleo, cast.cleo, parts.every);
}

async function hire({ db, auth }: FillDemoParts): Promise<DemoCast | null> {
  const owner = { name: ADA.name, email: ADA.email, password: DEMO_PASSWORD };
  const made = await createFirstWorkspace({ db, auth }, { name: DEMO_WORKSPACE, owner });
  if (!made) return null;
  const { workspaceId, ownerId } = made;
  const passwordHash = await auth.hashPassword(DEMO_PASSWORD);

  return db.transaction(async (tx) => {
    const [ben, cleo] = await Promise.all(
      [BEN, CLEO].map(async (person) => {
        const teammate = await insertTeammate(tx, workspaceId, { ...person, passwordHash });
        if (!teammate) throw new Error(`${person.email} is taken, in a database without a workspace`);
        return { id: teammate.id, name: teammate.name } satisfies Person;
      }),
    );
    if (!ben || !cleo) throw new Error('two were hired');
    for (const entry of demoKnowledge) await insertKnowledge(tx, workspaceId, entry);
    const agent = await insertAgent(tx, workspaceId, { name: 'Harbour Assistant', backend: { kind: 'faq' } });

    const open = async (kind: ChannelKind, name: string) => {
      const secrets = { inboundSecretHash: hashSecret(newSecret('inbound')), signingSecret: newSigningSecret() };
      const channel = await insertChannel(tx, workspaceId, { kind, name, agentId: agent.id, settings: {}, ...secrets });
      if (!channel) throw new Error('the agent was made just before');
      return channel.id;
    };
    return {
      workspaceId,
      webchatId: await open('webchat', 'Shop chat'),
      httpId: await open('http', 'Order system'),
      ada: { id: ownerId, name: ADA.name },
      ben,
      cleo,
    };
  });
}
