import {
  TAKEN_OVER,
  agentMessage,
  claimOf,
  commitItem,
  customerMessage,
  teammateMessage,
} from '@baton/store-contract/testing';
import type { FixtureConversation, ItemOptions } from '@baton/store-contract/testing';
import type { CommitItem, Verdict } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConversation } from '../src/store/open-conversation.ts';
import { codeOf } from '../src/store/unavailable.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';
import { shuffled } from './shuffled.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

async function conversations(count: number): Promise<FixtureConversation[]> {
  const first = await fixture.createConversation();
  const beside = Array.from({ length: count - 1 }, () => fixture.createConversation({ beside: first }));
  return [first, ...(await Promise.all(beside))];
}

async function item(of: FixtureConversation, options: ItemOptions = {}): Promise<CommitItem> {
  const [stored] = await fixture.store.load([of.key]);
  return commitItem(of, stored!, options);
}

/** Commits, loading anew until it is decided. A batch of its own for each try. */
async function settle(of: FixtureConversation, options: ItemOptions): Promise<Verdict> {
  for (;;) {
    const { verdicts } = await fixture.store.commit([await item(of, options)]);
    if (verdicts[0]?.kind !== 'busy' && verdicts[0]?.kind !== 'staleRules') return verdicts[0]!;
  }
}

test('[SEND-3] of a claim and a takeover at the same moment one wins, 300 times', async () => {
  const of = await conversations(300);
  const replies = of.map(() => agentMessage(1));
  await fixture.store.commit(await Promise.all(of.map((each, i) => item(each, { messages: [replies[i]!] }))));
  const claims = await Promise.all(
    of.map((each, i) => item(each, { claim: claimOf(replies[i]!), view: { lastSeq: 1 } })),
  );
  const takeovers = await Promise.all(of.map((each) => item(each, { view: { ...TAKEN_OVER, lastSeq: 1 } })));

  const verdicts = { claim: new Map<string, string>(), takeover: new Map<string, string>() };
  const commit = async (kind: 'claim' | 'takeover', items: CommitItem[]) => {
    const result = await fixture.store.commit(items);
    for (const [i, verdict] of result.verdicts.entries()) {
      verdicts[kind].set(items[i]!.key.conversationId, verdict.kind);
    }
  };
  const batches = shuffled(of.map((_, i) => i)).flatMap((i) => [
    () => commit('claim', [claims[i]!]),
    () => commit('takeover', [takeovers[i]!]),
  ]);
  await Promise.all(batches.map((start) => start()));

  const seen = { claimed: 0, withheld: 0 };
  for (const [i, each] of of.entries()) {
    const id = each.key.conversationId;
    const won = [verdicts.claim.get(id), verdicts.takeover.get(id)].filter((kind) => kind === 'committed');
    expect(won.length).toBeLessThanOrEqual(1);
    const message = await fixture.store.readMessage(each.key, replies[i]!.id);
    if (verdicts.claim.get(id) === 'committed') expect(message).toMatchObject({ delivery: 'sending' });
    if (verdicts.takeover.get(id) === 'committed') expect(message).toMatchObject({ delivery: 'withheld' });
    if (verdicts.claim.get(id) === 'committed') seen.claimed++;
    if (verdicts.takeover.get(id) === 'committed') seen.withheld++;
  }
  expect(seen.claimed + seen.withheld).toBeGreaterThan(200);
});

test('[HOLD-2] raw claims against raw takeovers: none is claimed after people hold, 400 times', async () => {
  const of = await conversations(400);
  const replies = of.map(() => agentMessage(1));
  await fixture.store.commit(await Promise.all(of.map((each, i) => item(each, { messages: [replies[i]!] }))));
  let leaks = 0;
  let claimsThatWon = 0;
  const race = async (i: number) => {
    const { conversationId } = of[i]!.key;
    const { id } = replies[i]!;
    const claim = async () =>
      fixture.sql`update messages set delivery = 'sending' where id = ${id}`.then(
        () => true,
        () => false,
      );
    const takeOver = async () =>
      fixture.sql.begin(async (tx) => {
        await tx`update conversations set state = 'humanActive', agent_epoch = null where id = ${conversationId}`;
        const [row] = await tx<{ delivery: string }[]>`select delivery from messages where id = ${id}`;
        return row?.delivery;
      });
    // Each is asked for first in half of the races, or on an idle machine one of them would always win.
    const asked = i % 2 === 0 ? { claim: claim(), takeover: takeOver() } : { takeover: takeOver(), claim: claim() };
    const [claimed, seenByPerson] = await Promise.all([asked.claim, asked.takeover]);
    if (claimed) claimsThatWon++;
    if (claimed && seenByPerson === 'queued') leaks++;
  };
  await Promise.all(of.map((_, i) => race(i)));
  expect(leaks).toBe(0);
  // The race was one: both sides won sometimes.
  expect(claimsThatWon).toBeGreaterThan(0);
  expect(claimsThatWon).toBeLessThan(400);
});

test('[SEND-6] one provider id in many batches at once makes one message', async () => {
  const of = await conversations(60);
  for (let round = 0; round < 10; round++) {
    const externalId = `provider-${round}`;
    const verdicts = await Promise.all(
      of.map((each) => settle(each, { messages: [customerMessage(round + 1, { externalId })] })),
    );
    const stored = await fixture.sql`select id from messages where external_id = ${externalId}`;
    expect(stored).toHaveLength(1);
    expect(verdicts.filter((it) => it.kind === 'committed')).toHaveLength(1);
    for (const verdict of verdicts) {
      if (verdict.kind !== 'committed') expect(verdict).toMatchObject({ kind: 'duplicate', messages: [stored[0]] });
    }
    // So that every conversation has this seq in the next round.
    await Promise.all(
      of.map(async (each, i) => {
        if (verdicts[i]?.kind !== 'committed') await settle(each, { messages: [customerMessage(round + 1)] });
      }),
    );
  }
});

test('[SEND-6] one provider id twice in one batch harms nothing: alone, each is judged', async () => {
  const [a, b] = await conversations(2);
  const items = [
    await item(a!, { messages: [customerMessage(1, { externalId: 'twice' })] }),
    await item(b!, { messages: [customerMessage(1, { externalId: 'twice' })] }),
  ];
  await expect(fixture.store.commit(items)).rejects.toMatchObject({ code: '23505' });
  const alone = [await fixture.store.commit([items[0]!]), await fixture.store.commit([items[1]!])];
  expect(alone.map(({ verdicts }) => verdicts[0]?.kind)).toEqual(['committed', 'duplicate']);
});

test('[HOLD-12] a change of rules in the middle of commits is missed by no conversation', async () => {
  const of = await conversations(40);
  const later = Date.now() + 3_600_000;
  for (let round = 0; round < 15; round++) {
    const items = await Promise.all(of.map((each) => item(each, { wakeAt: later })));
    const batches = Array.from({ length: 8 }, (_, i) => items.slice(i * 5, i * 5 + 5));
    const change = fixture.changeRules(of[0]!, { humanPriorityWindowSeconds: round + 100 });
    const results = await Promise.all(batches.map((batch) => fixture.store.commit(batch)));
    const rules = await change;
    const missed = await fixture.sql`
      select c.rules_version, l.wake_at from conversations c
      join lanes l on l.workspace_id = c.workspace_id and l.conversation_id = c.id
      where c.workspace_id = ${of[0]!.key.workspaceId} and c.rules_version < ${rules.version}
        and l.has_pending_work and l.wake_at > now()`;
    expect(missed).toEqual([]);
    expect(results.flatMap(({ verdicts }) => verdicts.map((it) => it.kind))).not.toContain('rejected');
  }
});

test('[HOLD-18] a change of rules is not kept waiting by commits that never pause', async () => {
  const of = await conversations(16);
  const changed = new AbortController();
  const busyAgent = async (k: number) => {
    while (!changed.signal.aborted) {
      const mine = of.filter((_, i) => i % 4 === k);
      await fixture.store.commit(await Promise.all(mine.map((each) => item(each, { wakeAt: Date.now() + 60_000 }))));
    }
  };
  const commits = Promise.all([busyAgent(0), busyAgent(1), busyAgent(2), busyAgent(3)]);
  for (let i = 0; i < 10; i++) await fixture.changeRules(of[0]!, { paused: i % 2 === 0 });
  changed.abort();
  await commits;
  expect((await fixture.store.load([of[0]!.key]))[0]?.rules).toMatchObject({ version: 11, paused: false });
});

test('a first message that reaches all nodes at once opens one conversation', async () => {
  const { key, channelId } = await fixture.createConversation();
  const opening = { workspaceId: key.workspaceId, channelId, customerExternalId: 'new', customerName: 'Nora' };
  const opened = await Promise.all(Array.from({ length: 20 }, () => openConversation(fixture.sql, opening)));
  expect(new Set(opened.map((it) => it?.conversationId)).size).toBe(1);
  const [stored] = await fixture.store.load([opened[0]!]);
  expect(stored).toMatchObject({ version: 0, customer: { name: 'Nora' }, leases: {}, lastMessage: null });
  expect(await openConversation(fixture.sql, { ...opening, channelId: key.conversationId })).toBeNull();
});

test('[TIME-3] batches, renewals, claims, marks and rule changes at once: no deadlock and no gap', async () => {
  const of = await conversations(48);
  const errors: unknown[] = [];
  const guarded = async (work: Promise<unknown>) => {
    await work.catch((error: unknown) => errors.push(error));
  };
  const batch = async (round: number) => {
    const chosen = shuffled(of).slice(0, 24);
    const stored = await fixture.store.load(chosen.map((each) => each.key));
    const items = chosen.map((each, i) => {
      const lastSeq = seqOf(stored[i]!.snapshot);
      const at = Date.now();
      const message = i % 2 ? teammateMessage(lastSeq + 1) : customerMessage(lastSeq + 1);
      const leasesStarted = { [`lease-${round}-${i}`]: at + 8_000 };
      return commitItem(each, stored[i]!, { messages: [message], wakeAt: at - 1, leasesStarted });
    });
    await fixture.store.commit(items);
  };
  const renew = async (round: number) => {
    const keys = shuffled(of).map((each, i) => ({ key: each.key, leaseId: `lease-${round - 1}-${i % 24}` }));
    await fixture.store.renewLeases(keys);
  };
  const deliver = async () => {
    const jobs = await fixture.store.claimSends('worker', 30, 10_000);
    const sent = { delivery: 'sent', retryAt: null, isChannelUp: true, providerId: null, error: null } as const;
    await fixture.store.markDeliveries(
      shuffled(jobs).map((job) => ({ key: job.key, messageId: job.message.id, attempt: null, ...sent })),
    );
  };
  for (let round = 0; round < 60; round++) {
    const rules = round % 10 ? [] : [guarded(fixture.changeRules(of[0]!, { replyDelaySeconds: (round / 10) % 60 }))];
    await Promise.all([
      ...rules,
      guarded(batch(round)),
      guarded(batch(round)),
      guarded(batch(round)),
      guarded(renew(round)),
      guarded(deliver()),
      guarded(deliver()),
      guarded(fixture.store.claimDue(20)),
    ]);
  }
  expect(errors.map((error) => codeOf(error) ?? error)).toEqual([]);

  const gaps = await fixture.sql`
    select c.id, c.last_seq, c.version, count(m.seq), max(m.seq),
      (select count(*) from transitions t where t.conversation_id = c.id) as events
    from conversations c left join messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.id
    where c.id in ${fixture.sql(of.map((each) => each.key.conversationId))}
    group by c.workspace_id, c.id
    having count(m.seq) <> c.last_seq or coalesce(max(m.seq), 0) <> c.last_seq
      or (select count(*) from transitions t where t.conversation_id = c.id) <> c.version`;
  expect(gaps).toEqual([]);
});

const seqOf = (snapshot: unknown) => (snapshot as { context: { lastSeq: number } }).context.lastSeq;
