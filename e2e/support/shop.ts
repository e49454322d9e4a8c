import type { Circumstances } from '../judge/judge.ts';
import { Api } from './api.ts';
import type { Cluster } from './cluster.ts';
import { OWNER } from './product.ts';
import type { Receiver } from './receiver.ts';

interface Startable {
  start(): Promise<string>;
}

export interface Shop {
  channelId: string;
  inboundSecret: string;
  /** Of the team. */
  keys: string[];
  circumstances: Circumstances;
}

/** An agent without delay, a channel that calls back, and three teammates. */
export async function openShop(
  cluster: Cluster,
  agent: Startable,
  receiver: Receiver,
  mayRepeat = true,
): Promise<Shop> {
  const owner = new Api(cluster.url(0), OWNER.apiKey);
  const { id: agentId } = await owner.createAgent('Robin', { kind: 'webhook', url: await agent.start() });
  const given = await owner.setRules(agentId, { replyDelaySeconds: 0, humanPriorityWindowSeconds: 30 });
  const { channel, inboundSecret, signingSecret } = await owner.createChannel(agentId, await receiver.start());
  receiver.expectSignedWith(signingSecret);
  const team = await Promise.all(['Ada', 'Ben', 'Cleo'].map((name) => owner.createTeammate(name)));
  return {
    channelId: channel.id,
    inboundSecret,
    keys: team.map(({ key }) => key),
    circumstances: { agentId, rules: { ...given, version: 2, paused: false, pausedBy: null }, mayRepeat },
  };
}
