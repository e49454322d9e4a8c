import { expect, it } from 'vitest';
import { v7 } from 'uuid';
import { customerMessage, teammateMessage } from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';

export function duplicateContract(contract: Contract): void {
  it('[SEND-6] stores one message per client message id and returns it to a retry', async () => {
    const of = await contract.fixture.createConversation();
    const message = teammateMessage(1, { clientMessageId: 'c-1' });
    await contract.committed(of, { messages: [message] });
    const before = await contract.load(of);
    const verdict = await contract.commit(of, {
      messages: [customerMessage(2), teammateMessage(3, { clientMessageId: 'c-1' })],
    });
    expect(verdict).toMatchObject({ kind: 'duplicate', messages: [{ id: message.id, clientMessageId: 'c-1' }] });
    expect(await contract.load(of)).toEqual(before);
    expect(await contract.transcript(of, 10)).toHaveLength(1);
  });

  it('[SEND-6] allows equal client message ids in other conversations', async () => {
    const of = await contract.fixture.createConversation();
    const other = await contract.fixture.createConversation({ beside: of });
    await contract.committed(of, { messages: [teammateMessage(1, { clientMessageId: 'c-1' })] });
    await contract.committed(other, { messages: [teammateMessage(1, { clientMessageId: 'c-1' })] });
  });

  it('[SEND-6] stores one message per provider id and channel', async () => {
    const of = await contract.fixture.createConversation();
    const neighbour = await contract.fixture.createConversation({ beside: of });
    const elsewhere = await contract.fixture.createConversation({ beside: of, otherChannel: true });
    const message = customerMessage(1, { externalId: 'p-1' });
    await contract.committed(of, { messages: [message] });
    for (const [again, seq] of [
      [of, 2],
      [neighbour, 1],
    ] as const) {
      const verdict = await contract.commit(again, { messages: [customerMessage(seq, { externalId: 'p-1' })] });
      expect(verdict).toMatchObject({ kind: 'duplicate', messages: [{ id: message.id, externalId: 'p-1' }] });
      expect(await contract.transcript(neighbour, 10)).toEqual([]);
    }
    await contract.committed(elsewhere, { messages: [customerMessage(1, { externalId: 'p-1' })] });
  });

  it('[SEND-6] returns all duplicates of an item', async () => {
    const of = await contract.fixture.createConversation();
    const ids = [v7(), v7()];
    const messages = ids.map((id, index) => customerMessage(index + 1, { id, externalId: `e-${index}` }));
    await contract.committed(of, { messages });
    const verdict = await contract.commit(of, {
      messages: [
        customerMessage(3, { externalId: 'e-0' }),
        customerMessage(4, { externalId: 'e-1' }),
        customerMessage(5, { externalId: 'new' }),
      ],
    });
    if (verdict.kind !== 'duplicate') throw new Error(`not a duplicate: ${verdict.kind}`);
    expect(verdict.messages.map((it) => it.id).toSorted()).toEqual(ids.toSorted());
  });
}
