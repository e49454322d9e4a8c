import { setTimeout as pause } from 'node:timers/promises';
import { Api, ApiError, HttpCustomer } from '../support/api.ts';
import { OWNER, type Product } from '../support/product.ts';
import { Receiver } from '../support/receiver.ts';
import { saying, WebhookAgent } from '../support/webhook-agent.ts';
import { judge, type Evidence } from './judge.ts';
import { Random } from './random.ts';

export interface RaceOptions {
  seed: number;
  /** The race ends once the agent was asked this often. */
  turns: number;
  conversations: number;
}

export interface RaceResult {
  turns: number;
  claims: number;
  contested: number;
  withheld: number;
  received: number;
  aborted: number;
  stale: number;
  violations: string[];
}

const TEAMMATES = ['Ada', 'Ben', 'Cleo'];
/** Each teammate acts in several conversations at once. */
const HANDS = 10;

/** Customers, a webhook agent of random latency and three teammates who type, send and toggle at random. */
export async function race(product: Product, { seed, turns, conversations }: RaceOptions): Promise<RaceResult> {
  const random = new Random(seed);
  const latency = random.fork();
  const underWay: string[] = [];
  const agent = new WebhookAgent(async ({ conversationId, turn }) => {
    underWay.push(conversationId);
    await pause(latency.below(120));
    return saying(`answer of turn ${turn}`);
  });
  const receiver = new Receiver();
  const owner = new Api(product.url, OWNER.apiKey);
  const { id: agentId } = await owner.createAgent('Robin', { kind: 'webhook', url: await agent.start() });
  await owner.setRules(agentId, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 1 });
  const { channel, inboundSecret, signingSecret } = await owner.createChannel(agentId, await receiver.start());
  receiver.expectSignedWith(signingSecret);
  const team = await Promise.all(TEAMMATES.map((name) => owner.createTeammate(name)));

  const acknowledged = new Map<string, string[]>();
  const customers = Array.from(
    { length: conversations },
    (_, index) => new HttpCustomer(product.url, channel.id, inboundSecret, `c${index}`),
  );
  const ids: string[] = [];
  for (const customer of customers) {
    const { conversationId, messageId } = await customer.write('Hello');
    ids.push(conversationId);
    acknowledged.set(conversationId, [messageId]);
  }

  const isOver = () => agent.calls.length >= turns;
  let stale = 0;

  const writes = async (customer: HttpCustomer, choose: Random) => {
    while (!isOver()) {
      const { conversationId, messageId } = await customer.write(`question ${choose.below(1000)}`);
      acknowledged.get(conversationId)?.push(messageId);
      await pause(20 + choose.below(15 * conversations));
    }
  };

  /** Acts on a conversation in the middle of whose reply the agent is, if there is one, and lets go of it again. */
  const works = async (api: Api, choose: Random) => {
    while (!isOver()) {
      const id = underWay.shift() ?? choose.pick(ids);
      await pause(choose.below(140));
      try {
        const chance = choose.next();
        if (chance < 0.4) {
          await api.type(id, true);
          await pause(choose.below(60));
          await api.type(id, false);
        } else if (chance < 0.7) {
          await api.setAgentReplies(id, false);
          await pause(choose.below(60));
          await api.setAgentReplies(id, true);
        } else {
          const { lastSeq } = await api.conversation(id);
          if (chance < 0.85) await api.type(id, true);
          const how = { clientMessageId: crypto.randomUUID(), lastSeenSeq: lastSeq };
          const message = await api.send(id, 'a person answers', how);
          acknowledged.get(id)?.push(message.id);
        }
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem.code !== 'stale_view') throw error;
        stale += 1;
      }
    }
  };

  await Promise.all([
    ...customers.map((customer) => writes(customer, random.fork())),
    ...team.flatMap(({ key }) => Array.from({ length: HANDS }, () => works(new Api(product.url, key), random.fork()))),
  ]);

  // All is handed back, so that what waits is answered, and then nothing may be left under way.
  for (const id of ids) await owner.setAgentReplies(id, true);
  await settled(owner, ids);

  const evidence = await Promise.all(ids.map((id) => gather(owner, id, receiver, acknowledged.get(id) ?? [])));
  const verdicts = evidence.map(judge);
  await agent.stop();
  await receiver.stop();
  const sum = (of: 'claims' | 'contested' | 'withheld') => verdicts.reduce((total, verdict) => total + verdict[of], 0);
  return {
    turns: agent.calls.length,
    claims: sum('claims'),
    contested: sum('contested'),
    withheld: sum('withheld'),
    received: receiver.received.length,
    aborted: agent.aborted,
    stale,
    violations: [
      ...verdicts.flatMap((verdict) => verdict.violations),
      ...(receiver.forged > 0 ? ['unsigned callbacks'] : []),
    ],
  };
}

/** Until the agent holds everywhere, nobody waits, and nothing is under way. @throws after a minute */
async function settled(owner: Api, ids: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (const id of ids) {
    for (;;) {
      const { state, waitingSince } = await owner.conversation(id);
      const messages = await owner.messages(id);
      const isUnderWay = messages.some(({ delivery }) => delivery === 'queued' || delivery === 'sending');
      if (state === 'agentActive' && waitingSince === null && !isUnderWay) break;
      if (Date.now() > deadline)
        throw new Error(`conversation ${id} does not come to rest: ${state}, waiting since ${waitingSince}`);
      await pause(50);
    }
  }
}

async function gather(
  owner: Api,
  conversationId: string,
  receiver: Receiver,
  acknowledged: string[],
): Promise<Evidence> {
  const [transitions, messages] = await Promise.all([
    owner.transitions(conversationId),
    owner.messages(conversationId),
  ]);
  return { conversationId, transitions, messages, received: receiver.of(conversationId), acknowledged };
}
