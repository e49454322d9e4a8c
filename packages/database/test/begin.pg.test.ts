import { once } from 'node:events';
import { Socket } from 'node:net';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openClient, type Sql } from '../src/connect.ts';

// Three cases in which the unpatched driver runs queries of other callers inside a transaction (patches/postgres).

async function open(options: { max_pipeline?: number; socket?: () => Socket } = {}): Promise<Sql> {
  const client = openClient(inject('postgresUrl'), { max: 1, ...options });
  onTestFinished(() => client.end({ timeout: 0 }));
  await client`select 1`;
  return client;
}

async function openSocket(writableHighWaterMark?: number): Promise<Socket> {
  const { hostname, port } = new URL(inject('postgresUrl'));
  const options = { allowHalfOpen: false, writableHighWaterMark };
  const socket = new Socket(options).connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

const NAME = `select current_setting('application_name') as name`;
const ISOLATED = { transaction: [{ name: 'in the transaction' }], other: [{ name: 'baton' }] };

/** Starts these queries, then a transaction, then a query of another caller. Returns what the last two see. */
async function beginBehind(client: Sql, queries: string[]) {
  const earlier = queries.map((query) => client.unsafe(query).execute());
  const transaction = client.begin(async (tx) => {
    await tx`set local application_name = 'in the transaction'`;
    return [...(await tx.unsafe(NAME))];
  });
  const other = client.unsafe(NAME).execute();
  const [seenInside, seenOutside] = await Promise.all([transaction, other, ...earlier]);
  return { transaction: seenInside, other: [...seenOutside] };
}

test('reserves the connection for a transaction whose BEGIN fills the pipeline', async () => {
  expect(await beginBehind(await open({ max_pipeline: 2 }), ['select 1', 'select 2'])).toEqual(ISOLATED);
});

test('reserves the connection for a transaction whose BEGIN meets back pressure', async () => {
  // The driver collects 1024 bytes before it writes: the query stays below, and BEGIN reaches both this and the socket's mark.
  const socket = await openSocket(1024);
  const client = await open({ socket: () => socket });
  socket.cork();
  setImmediate(() => socket.uncork());
  expect(await beginBehind(client, [`select 1 --${'x'.repeat(1_000)}`])).toEqual(ISOLATED);
});

test('keeps the connection of a transaction reserved when its socket drains', async () => {
  const socket = await openSocket();
  const client = await open({ socket: () => socket });
  let other: Promise<unknown> | undefined;
  const transaction = client.begin(async (tx) => {
    await tx`set local application_name = 'in the transaction'`;
    socket.emit('drain');
    other = client.unsafe(NAME).then((rows) => [...rows]);
    return [...(await tx.unsafe(NAME))];
  });
  expect({ transaction: await transaction, other: await other }).toEqual(ISOLATED);
});
