import { expect } from 'vitest';
import { agentMessage, claimOf, teammateMessage } from '../testing/commit-item.ts';
import { type Contract, isOf } from './contract.ts';
import type { FixtureConversation } from '../testing/store-fixture.ts';

/** Fixtures with messages on their way to a channel. */
export function laneOf(contract: Contract) {
  const claim = async (of: FixtureConversation) =>
    (await contract.fixture.store.claimSends('w', 1_000, 10_000)).filter(isOf(of));

  /** A conversation with one teammate's message being sent, and one behind it. */
  async function sending(channelKind: 'http' | 'whatsapp' = 'http') {
    const of = await contract.fixture.createConversation({ channelKind });
    const [head, next] = [teammateMessage(1), teammateMessage(2)];
    await contract.committed(of, { messages: [head, next] });
    expect(await claim(of)).toHaveLength(1);
    return { of, head, next, store: contract.fixture.store };
  }

  /** A conversation whose agent's reply is being sent. */
  async function replying(channelKind: 'http' | 'whatsapp' = 'http') {
    const of = await contract.fixture.createConversation({ channelKind });
    const reply = agentMessage(1);
    await contract.committed(of, { messages: [reply] });
    await claim(of);
    await contract.committed(of, { claim: claimOf(reply), view: { lastSeq: 1 } });
    return { of, reply, store: contract.fixture.store };
  }
  return { claim, sending, replying };
}
