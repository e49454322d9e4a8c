import { TAKEN_OVER, agentMessage, commitItem, customerMessage, teammateMessage } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import type { NewMessage } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClient } from '../src/connect.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';
import { untilLockWaits } from './until-lock-waits.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

async function commit(of: FixtureConversation, options: Parameters<typeof commitItem>[2]) {
  const [stored] = await fixture.store.load([of.key]);
  const { verdicts } = await fixture.store.commit([commitItem(of, stored!, options)]);
  expect(verdicts).toMatchObject([{ kind: 'committed' }]);
}

/** A conversation that people took over by wrong SQL, so that an agent message is still queued in it. */
async function heldWithQueuedReply(): Promise<{ of: FixtureConversation; reply: NewMessage }> {
  const of = await fixture.createConversation();
  const reply = agentMessage(2, { turn: 1 });
  await commit(of, { messages: [customerMessage(1), reply] });
  await takeOver(of);
  return { of, reply };
}

const takeOver = ({ key }: FixtureConversation) =>
  fixture.sql`update conversations set state = 'agentDisabled', agent_epoch = null where id = ${key.conversationId}`;

const insertReply = (of: FixtureConversation, epoch: number, delivery: string, sql = fixture.sql) => sql`
  insert into messages (workspace_id, conversation_id, channel_id, seq, id, origin, author_name, note, text, revision, delivery,
    turn, agent_epoch)
  values (${of.key.workspaceId}, ${of.key.conversationId}, ${of.channelId}, ${1_000 + Math.floor(Math.random() * 1e6)},
    gen_random_uuid(), 'agent', 'Agent', false, 'wrong', 1, ${delivery}, ${Math.floor(Math.random() * 1e6)}, ${epoch})`;

const setDelivery = (reply: NewMessage, delivery: string, sql = fixture.sql) =>
  sql`update messages set delivery = ${delivery} where id = ${reply.id}`;

const FENCED = { code: 'BT001' };

test('[HOLD-2] no SQL inserts an agent message of another epoch, whatever its delivery', async () => {
  const of = await fixture.createConversation();
  for (const delivery of ['queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain']) {
    await expect(insertReply(of, 7, delivery)).rejects.toMatchObject(FENCED);
  }
  await insertReply(of, 1, 'queued');
  await takeOver(of);
  for (const delivery of ['queued', 'sending', 'sent']) {
    await expect(insertReply(of, 1, delivery)).rejects.toMatchObject(FENCED);
  }
});

test('[HOLD-2] no SQL moves an agent message towards sending while people hold', async () => {
  const { reply } = await heldWithQueuedReply();
  for (const delivery of ['sending', 'sent', 'delivered', 'read']) {
    await expect(setDelivery(reply, delivery)).rejects.toMatchObject(FENCED);
  }
  await setDelivery(reply, 'withheld');
  for (const delivery of ['queued', 'sending', 'sent', 'delivered', 'read']) {
    await expect(setDelivery(reply, delivery)).rejects.toMatchObject(FENCED);
  }
});

test('[HOLD-2] does not resend an uncertain or failed agent message while people hold', async () => {
  const of = await fixture.createConversation();
  const reply = agentMessage(1);
  await commit(of, { messages: [reply] });
  await setDelivery(reply, 'sending');
  await setDelivery(reply, 'uncertain');
  await takeOver(of);
  await expect(setDelivery(reply, 'sending')).rejects.toMatchObject(FENCED);
  await expect(setDelivery(reply, 'queued')).rejects.toMatchObject(FENCED);
  await setDelivery(reply, 'sent');
});

test('[HOLD-2] what the fence looks at cannot be changed to fit', async () => {
  const { of, reply } = await heldWithQueuedReply();
  const { sql } = fixture;
  for (const change of [
    sql`agent_epoch = 2`,
    sql`origin = 'teammate', turn = null, agent_epoch = null`,
    sql`seq = 77`,
    sql`note = true, turn = null, agent_epoch = null`,
  ]) {
    await expect(sql`update messages set ${change} where id = ${reply.id}`).rejects.toMatchObject({ code: 'BT002' });
  }
  const half = sql`update conversations set agent_epoch = 1 where id = ${of.key.conversationId}`;
  await expect(half).rejects.toMatchObject({ code: '23514', constraint_name: 'conversations_epoch' });
});

test('[TURN-8] of the agent’s messages only the closing one goes out in agentDisabled', async () => {
  const of = await fixture.createConversation();
  const [early, closing] = [agentMessage(1, { turn: 1 }), agentMessage(2, { turn: 2 })];
  await commit(of, { messages: [early] });
  await commit(of, { view: { ...TAKEN_OVER, closingSeq: 2, lastSeq: 2 }, messages: [closing] });
  expect(await fixture.store.readMessage(of.key, early.id)).toMatchObject({ delivery: 'withheld' });
  await expect(setDelivery(early, 'sending')).rejects.toMatchObject(FENCED);
  await setDelivery(closing, 'sending');
});

test('[TURN-8] a closing message goes out in agentDisabled only, whatever else stands in the row', async () => {
  const of = await fixture.createConversation();
  const closing = agentMessage(1);
  await commit(of, { view: { ...TAKEN_OVER, closingSeq: 1, lastSeq: 1 }, messages: [closing] });
  await fixture.sql`update conversations set state = 'humanActive' where id = ${of.key.conversationId}`;
  await expect(setDelivery(closing, 'sending')).rejects.toMatchObject(FENCED);
});

test('[HOLD-2] no SQL stores an agent message without its fence, nor one for anybody else', async () => {
  const of = await fixture.createConversation();
  const insert = (origin: string, turn: number | null, epoch: number | null) => fixture.sql`
    insert into messages (workspace_id, conversation_id, channel_id, seq, id, origin, author_name, note, text, revision,
      delivery, turn, agent_epoch)
    values (${of.key.workspaceId}, ${of.key.conversationId}, ${of.channelId}, 1, gen_random_uuid(), ${origin}, 'Somebody',
      false, 'wrong', 1, 'queued', ${turn}, ${epoch})`;
  const unfenced = { code: '23514', constraint_name: 'messages_agent_fence' };
  await expect(insert('agent', null, 1)).rejects.toMatchObject(unfenced);
  await expect(insert('teammate', 1, 1)).rejects.toMatchObject(unfenced);
});

test('[SEND-6] no SQL stores a clientMessageId twice in one conversation', async () => {
  const of = await fixture.createConversation();
  const mine = teammateMessage(1, { clientMessageId: 'mine' });
  await commit(of, { messages: [mine] });
  const again = fixture.sql`
    insert into messages (workspace_id, conversation_id, channel_id, seq, id, origin, author_name, note, text, revision,
      delivery, client_message_id)
    select workspace_id, conversation_id, channel_id, 2, gen_random_uuid(), origin, author_name, note, text, revision,
      delivery, client_message_id from messages where id = ${mine.id}`;
  await expect(again).rejects.toMatchObject({ code: '23505', constraint_name: 'messages_client_message_id' });
});

test('[SEND-6] no SQL stores a provider’s id twice in one channel', async () => {
  const of = await fixture.createConversation();
  const inbound = customerMessage(1, { externalId: 'provider-1' });
  await commit(of, { messages: [inbound] });
  const again = fixture.sql`
    insert into messages (workspace_id, conversation_id, channel_id, seq, id, origin, author_name, note, text, revision,
      external_id)
    select workspace_id, conversation_id, channel_id, 2, gen_random_uuid(), origin, author_name, note, text, revision,
      external_id from messages where id = ${inbound.id}`;
  await expect(again).rejects.toMatchObject({ code: '23505', constraint_name: 'messages_external_id' });
});

test('[TIME-4] no SQL stores a snapshot that is not an object', async () => {
  const of = await fixture.createConversation();
  const text = fixture.sql`update conversations set snapshot = '"text"'::jsonb where id = ${of.key.conversationId}`;
  await expect(text).rejects.toMatchObject({ code: '23514', constraint_name: 'conversations_snapshot_is_an_object' });
});

test('[TURN-4] no SQL gives one turn a second sendable reply', async () => {
  const of = await fixture.createConversation();
  const reply = agentMessage(1, { turn: 5 });
  await commit(of, { messages: [reply] });
  await expect(fixture.sql`
    insert into messages (workspace_id, conversation_id, channel_id, seq, id, origin, author_name, note, text, revision,
      delivery, turn, agent_epoch)
    select workspace_id, conversation_id, channel_id, 2, gen_random_uuid(), origin, author_name, note, text, revision,
      delivery, turn, agent_epoch from messages where id = ${reply.id}`).rejects.toMatchObject({
    code: '23505',
    constraint_name: 'messages_one_sendable_reply_per_turn',
  });
});

test('[TIME-3] the history takes no change, no deletion and no truncation', async () => {
  const of = await fixture.createConversation();
  await commit(of, {});
  for (const table of ['transitions', 'audit_log']) {
    const { sql } = fixture;
    const id = of.key.workspaceId;
    for (const attack of [
      sql`update ${sql(table)} set at = now() where workspace_id = ${id}`,
      sql`delete from ${sql(table)} where workspace_id = ${id}`,
      sql`truncate ${sql(table)}`,
    ]) {
      await expect(attack).rejects.toMatchObject({ code: 'BT003' });
    }
  }
});

test('[SEND-3] a claim that comes while a takeover is under way waits for it, and is refused', async () => {
  const of = await fixture.createConversation();
  const reply = agentMessage(1);
  await commit(of, { messages: [reply, teammateMessage(2)] });
  const [person, agent] = [openClient(fixture.url, { max: 1 }), openClient(fixture.url, { max: 1 })];
  let claim: Promise<unknown> | undefined;
  await person.begin(async (tx) => {
    await tx`update conversations set state = 'agentDisabled', agent_epoch = null where id = ${of.key.conversationId}`;
    claim = setDelivery(reply, 'sending', agent).catch((error: unknown) => error);
    await untilLockWaits(fixture.sql, claim);
  });
  expect(await claim).toMatchObject(FENCED);
  await Promise.all([person.end(), agent.end()]);
});

test('[SEND-3] a takeover that comes while a claim is under way waits for it', async () => {
  const of = await fixture.createConversation();
  const reply = agentMessage(1);
  await commit(of, { messages: [reply] });
  const [person, agent] = [openClient(fixture.url, { max: 1 }), openClient(fixture.url, { max: 1 })];
  let seenByTakeover: Promise<unknown> | undefined;
  await agent.begin(async (tx) => {
    await tx`update messages set delivery = 'sending' where id = ${reply.id}`;
    seenByTakeover = person.begin(async (other) => {
      await other`update conversations set state = 'agentDisabled', agent_epoch = null where id = ${of.key.conversationId}`;
      return await other`select delivery from messages where id = ${reply.id}`;
    });
    await untilLockWaits(fixture.sql, seenByTakeover);
  });
  expect(await seenByTakeover).toEqual([{ delivery: 'sending' }]);
  await Promise.all([person.end(), agent.end()]);
});
