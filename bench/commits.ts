import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, migrate, openConversation, PostgresStore, type Connections } from '@baton/database';
import { startEmbeddedPostgres } from '@baton/database/embedded';
import {
  ConversationRuntime,
  DatabaseClock,
  realScheduler,
  Signals,
  type CommitItem,
  type CommitResult,
  type ConversationKey,
} from '@baton/runtime';
import { v7 } from 'uuid';
import { seconds, type Figure } from './figure.ts';

const CONVERSATIONS = 2_000;
const ROUNDS = 4;
const PARALLEL = 2;

/**
 * P-1: customer messages through the runtime into PostgreSQL, fsync on, full schema and fence; against the very statements
 * that it sent, replayed bare on a copy of the same database.
 */
export async function commits(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const administration = connect(postgres.superuser);
  try {
    await migrate(postgres.connection);
    const setUp = connect(postgres.connection);
    const keys = await conversations(setUp);
    await setUp.close();
    for (const copy of ['replay_spread', 'folded', 'replay_folded']) {
      await administration.sql.unsafe(`create database ${copy} template baton owner baton`);
    }
    const on = (database: string) => connect({ ...postgres.connection, database });
    return [
      await compare('commits: spread, one event each', keys, 1, on('baton'), on('replay_spread')),
      await compare('commits: four events per conversation', keys, 4, on('folded'), on('replay_folded')),
    ];
  } finally {
    await administration.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** Keeps what it is given to commit. */
class RecordingStore extends PostgresStore {
  readonly batches: CommitItem[][] = [];

  override commit(items: CommitItem[]): Promise<CommitResult> {
    this.batches.push(items);
    return super.commit(items);
  }
}

async function conversations({ db, sql }: Connections): Promise<ConversationKey[]> {
  const [workspaceId, agentId, channelId] = [v7(), v7(), v7()];
  await sql.unsafe(`insert into workspaces (id, name) values ('${workspaceId}', 'Bench')`);
  await sql.unsafe(
    `insert into agents (workspace_id, id, name, backend) values ('${workspaceId}', '${agentId}', 'Agent', '{"kind": "faq"}')`,
  );
  await sql.unsafe(`insert into channels (workspace_id, id, kind, name, agent_id, inbound_secret_hash, signing_secret)
    values ('${workspaceId}', '${channelId}', 'http', 'Channel', '${agentId}', '', '')`);
  const keys: ConversationKey[] = [];
  for (let index = 0; index < CONVERSATIONS; index += 1) {
    const key = await openConversation(db, { workspaceId, channelId, customerExternalId: `customer ${index}` });
    if (key) keys.push(key);
  }
  return keys;
}

async function compare(
  name: string,
  keys: ConversationKey[],
  perConversation: number,
  measured: Connections,
  bare: Connections,
): Promise<Figure> {
  const store = new RecordingStore(measured.sql);
  const clock = new DatabaseClock(() => performance.now());
  clock.learn(await store.now());
  const runtime = new ConversationRuntime({
    store,
    clock,
    scheduler: realScheduler,
    signals: new Signals(),
    publisher: { changed: () => {}, delivered: () => {}, raised: () => {} },
    report: ({ what, error }) => console.error(what, error),
    limits: { parallelCommits: PARALLEL },
  });

  const rounds = Math.max(1, ROUNDS / perConversation);
  const took = await seconds(async () => {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(keys.flatMap((key) => Array.from({ length: perConversation }, () => write(runtime, key))));
    }
  });
  await runtime.stop();
  await measured.close();
  const events = keys.length * perConversation * rounds;
  const limit = { name: 'the same statements, bare', perSecond: events / (await replay(store.batches, bare)) };
  return { name, perSecond: events / took, limit };
}

async function write(runtime: ConversationRuntime, key: ConversationKey): Promise<void> {
  const outcome = await runtime.dispatch(key, {
    type: 'receive',
    from: 'customer',
    text: 'When do you open tomorrow?',
    externalId: v7(),
    clientMessageId: null,
    sentAt: null,
    automated: false,
    imported: false,
  });
  if (!outcome.ok) throw new Error(`a message was refused: ${outcome.code}`);
}

async function replay(batches: CommitItem[][], bare: Connections): Promise<number> {
  const store = new PostgresStore(bare.sql);
  await store.now();
  const queue = [...batches];
  const work = async () => {
    for (let items = queue.shift(); items; items = queue.shift()) await store.commit(items);
  };
  const took = await seconds(async () => {
    await Promise.all(Array.from({ length: PARALLEL }, work));
  });
  await bare.close();
  return took;
}
