import { SYSTEM } from '@baton/conversation';
import { expect, it } from 'vitest';
import {
  agentMessage,
  commitItem,
  customerMessage,
  deliveryMark,
  TAKEN_OVER,
  teammateMessage,
} from '../testing/commit-item.ts';
import type { Contract } from './contract.ts';

export function commitContract(contract: Contract): void {
  it('loads in order, with null for unknown or foreign conversations', async () => {
    const a = await contract.fixture.createConversation();
    const b = await contract.fixture.createConversation();
    const foreign = { workspaceId: a.key.workspaceId, conversationId: b.key.conversationId };
    const loaded = await contract.fixture.store.load([b.key, foreign, a.key]);
    expect(loaded.map((it) => it?.key ?? null)).toEqual([b.key, null, a.key]);
    expect(loaded[0]).toMatchObject({ version: 0, quarantined: false, lastMessage: null, leases: {} });
    expect(loaded[0]?.channelId).toBe(b.channelId);
  });

  it('[TIME-2] writes snapshot, columns, messages and transitions together', async () => {
    const of = await contract.fixture.createConversation();
    const before = await contract.load(of);
    const at = Date.now();
    const event = { type: 'conversation.snoozed', until: at + 60_000, at, by: SYSTEM } as const;
    const message = customerMessage(1, { text: 'Grüße "\\n\' \u{1f600} {1,2} \r\n\ttab', createdAt: at - 1_000 });
    const note = teammateMessage(2, { note: true, delivery: null, text: 'just us' });
    const item = commitItem(of, before, { messages: [message, note], event, wakeAt: at + 60_000 });
    const { verdicts } = await contract.fixture.store.commit([item]);
    expect(verdicts).toMatchObject([{ kind: 'committed', withheld: [], claimed: null }]);

    const after = await contract.load(of);
    expect(after).toMatchObject({ version: 1, snapshot: item.snapshot });
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.lastMessage).toMatchObject({ id: message.id });
    const transcript = await contract.transcript(of, 10);
    expect(transcript.map(({ id, note: isNote }) => [id, isNote])).toEqual([
      [message.id, false],
      [note.id, true],
    ]);
    expect(transcript[0]).toEqual({
      id: message.id,
      conversationId: of.key.conversationId,
      seq: 1,
      author: message.author,
      note: false,
      text: message.text,
      createdAt: new Date(at - 1_000).toISOString(),
      revision: after.revision,
      delivery: null,
      retrying: false,
      clientMessageId: null,
    });
    expect(await contract.fixture.transitions(of.key)).toEqual(item.transitions);
  });

  it('dates stateSince by the event that last changed the state', async () => {
    const of = await contract.fixture.createConversation();
    const { stateSince: made } = await contract.load(of);
    expect(Math.abs(made - (await contract.fixture.store.now()))).toBeLessThan(60_000);
    await contract.committed(of);
    expect((await contract.load(of)).stateSince).toBe(made);

    const item = commitItem(of, await contract.load(of), { view: TAKEN_OVER });
    const [off] = item.transitions;
    if (!off) throw new Error('unreachable');
    const at = off.at + 5_000;
    item.transitions = [
      { ...off, at },
      { ...off, version: off.version + 1, from: 'agentDisabled', at: at + 1_000 },
    ];
    await contract.fixture.store.commit([item]);
    expect((await contract.load(of)).stateSince).toBe(at);
  });

  it('raises the version per transition and the revision per commit', async () => {
    const of = await contract.fixture.createConversation();
    const stored = await contract.load(of);
    const item = commitItem(of, stored);
    const [first] = item.transitions;
    if (first) item.transitions.push({ ...first, version: 2, from: 'agentActive', to: 'agentActive' });
    await contract.fixture.store.commit([item]);
    expect((await contract.load(of)).version).toBe(2);
    const verdict = await contract.committed(of);
    const after = await contract.load(of);
    expect(after.version).toBe(3);
    expect(after.revision).toBe(verdict.revision);
    expect((await contract.fixture.transitions(of.key)).map((it) => it.version)).toEqual([1, 2, 3]);
  });

  it('gives the newest messages of any kind, by rising seq, and reads single ones', async () => {
    const of = await contract.fixture.createConversation();
    const messages = [customerMessage(1), customerMessage(2), customerMessage(3)];
    await contract.committed(of, { messages });
    expect((await contract.transcript(of, 2)).map((it) => it.seq)).toEqual([2, 3]);
    expect(await contract.fixture.store.readMessage(of.key, messages[1]?.id ?? '')).toMatchObject({ seq: 2 });
    const other = await contract.fixture.createConversation();
    expect(await contract.fixture.store.readMessage(other.key, messages[1]?.id ?? '')).toBeNull();
  });

  it('gives the newest messages of several conversations at once', async () => {
    const of = await contract.fixture.createConversation();
    const other = await contract.fixture.createConversation();
    const silent = await contract.fixture.createConversation();
    await contract.committed(of, { messages: [customerMessage(1), customerMessage(2), customerMessage(3)] });
    await contract.committed(other, { messages: [customerMessage(1)] });
    const keys = [other, silent, of, other].map(({ key }) => key);
    const transcripts = await contract.fixture.store.readTranscripts(keys, 2);
    expect(transcripts.map((messages) => messages.map(({ seq }) => seq))).toEqual([[1], [], [2, 3], [1]]);
    for (const { conversationId } of transcripts[2] ?? []) expect(conversationId).toBe(of.key.conversationId);
  });

  it('reports an old version as a conflict and writes nothing', async () => {
    const of = await contract.fixture.createConversation();
    const stale = commitItem(of, await contract.load(of), { messages: [customerMessage(1)] });
    await contract.committed(of);
    const before = await contract.load(of);
    const { verdicts } = await contract.fixture.store.commit([stale]);
    expect(verdicts).toEqual([{ kind: 'conflict' }]);
    expect(await contract.load(of)).toEqual(before);
    expect(await contract.transcript(of, 10)).toEqual([]);
    expect(await contract.fixture.transitions(of.key)).toHaveLength(1);
  });

  it('[HOLD-12] reports old rules as staleRules', async () => {
    const of = await contract.fixture.createConversation();
    const old = commitItem(of, await contract.load(of));
    const rules = await contract.fixture.changeRules(of, { humanPriorityWindowSeconds: 5 });
    expect((await contract.fixture.store.commit([old])).verdicts).toEqual([{ kind: 'staleRules' }]);
    const after = await contract.load(of);
    expect(after).toMatchObject({ version: 0, rules });
    expect(rules).toMatchObject({ humanPriorityWindowSeconds: 5, muteWhenHumanActive: true });
    expect(rules.version).toBeGreaterThan(old.rulesVersion);
    await contract.committed(of);
  });

  it('finds no conversation of another workspace', async () => {
    const a = await contract.fixture.createConversation();
    const b = await contract.fixture.createConversation();
    const item = commitItem(a, await contract.load(a));
    item.key = { workspaceId: b.key.workspaceId, conversationId: a.key.conversationId };
    const { verdicts } = await contract.fixture.store.commit([item]);
    expect(verdicts).toEqual([{ kind: 'missing' }]);
    expect((await contract.load(a)).version).toBe(0);
  });

  it('gives each item of a batch its own verdict, in order', async () => {
    const of = await Promise.all(Array.from({ length: 5 }, () => contract.fixture.createConversation()));
    const [good, late, changed, gone, last] = of;
    if (!good || !late || !changed || !gone || !last) throw new Error('unreachable');
    const items = [];
    for (const each of of) items.push(commitItem(each, await contract.load(each), { messages: [customerMessage(1)] }));
    await contract.committed(late);
    await contract.fixture.changeRules(changed, { muteWhenHumanActive: false });
    const missing = items[3];
    if (missing) missing.key = { ...missing.key, workspaceId: good.key.workspaceId };
    const { verdicts, now } = await contract.fixture.store.commit(items);
    expect(verdicts.map((it) => it.kind)).toEqual(['committed', 'conflict', 'staleRules', 'missing', 'committed']);
    expect(Math.abs(now - (await contract.fixture.store.now()))).toBeLessThan(10_000);
    expect(await contract.transcript(last, 10)).toHaveLength(1);
    expect(await contract.transcript(late, 10)).toHaveLength(0);
  });

  it('commits one of many items of the same version', async () => {
    const of = await contract.fixture.createConversation();
    const stored = await contract.load(of);
    const results = await Promise.all(
      Array.from({ length: 12 }, () =>
        contract.fixture.store.commit([commitItem(of, stored, { messages: [customerMessage(1)] })]),
      ),
    );
    const kinds = results.map(({ verdicts }) => verdicts[0]?.kind);
    expect(kinds.filter((it) => it === 'committed')).toHaveLength(1);
    expect(kinds.filter((it) => it !== 'committed' && it !== 'conflict' && it !== 'busy')).toEqual([]);
    expect(await contract.transcript(of, 10)).toHaveLength(1);
    expect((await contract.load(of)).version).toBe(1);
  });

  it('gives a quarantined conversation to no worker', async () => {
    const of = await contract.fixture.createConversation();
    const at = await contract.fixture.store.now();
    await contract.committed(of, {
      wakeAt: at - 1,
      messages: [customerMessage(1), teammateMessage(2)],
      view: { turn: 1, generation: { turn: 1, startedAt: at, deadlineAt: at + 60_000 } },
    });
    const stored = await contract.load(of);
    await contract.fixture.store.quarantine(of.key, 'a test choked on it');
    expect((await contract.load(of)).quarantined).toBe(true);
    const { verdicts } = await contract.fixture.store.commit([commitItem(of, stored)]);
    expect(verdicts).toEqual([{ kind: 'conflict' }]);
    // A worker that claimed it earlier postpones it.
    await contract.fixture.store.postpone(of.key, stored.revision, at - 1);
    const ids = [
      ...(await contract.fixture.store.claimDue(1_000)),
      ...(await contract.fixture.store.claimReplies('w', 1_000, 10_000)),
      ...(await contract.fixture.store.claimSends('w', 1_000, 10_000)),
    ].map((it) => it.key.conversationId);
    expect(ids).not.toContain(of.key.conversationId);
  });

  it('[TURN-4] keeps drafts beside the conversation', async () => {
    const of = await contract.fixture.createConversation();
    await contract.committed(of, { view: TAKEN_OVER });
    const draft = { key: of.key, turn: 3, text: 'too late "but" good', at: Date.now() };
    await contract.fixture.store.saveDraft(draft);
    await contract.fixture.store.saveDraft(draft);
    expect(await contract.fixture.drafts(of.key)).toEqual([draft]);
    expect((await contract.load(of)).version).toBe(1);
  });

  it('finds a sent message by its id or the provider’s', async () => {
    const of = await contract.fixture.createConversation();
    const mine = teammateMessage(2);
    const reply = agentMessage(3);
    await contract.committed(of, { messages: [customerMessage(1, { externalId: 'in-1' }), mine, reply] });
    const { store } = contract.fixture;
    expect(await store.findSent(of.key, 'in-1')).toEqual({ own: null, undecided: false });
    await store.claimSends('w', 1_000, 10_000);
    expect(await store.findSent(of.key, 'wamid.7')).toEqual({ own: null, undecided: true });
    await store.markDeliveries([deliveryMark(of, mine.id, { providerId: 'wamid.7' })]);
    expect((await store.findSent(of.key, 'wamid.7')).own?.id).toBe(mine.id);
    expect((await store.findSent(of.key, mine.id)).own?.id).toBe(mine.id);
    expect(await store.findSent(of.key, 'wamid.8')).toEqual({ own: null, undecided: false });
  });
}
