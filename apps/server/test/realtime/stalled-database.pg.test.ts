import { connect, type Connections } from '@baton/database';
import type { Ack } from '@baton/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Company, found } from '../http/api-fixture.ts';
import { disconnected } from './client.ts';
import { joinCustomer, joinTeam, type Live, meetCustomer, startLive, textsOf, watch } from './live.ts';

let live: Live;
let company: Company;
let other: Connections;
beforeAll(async () => {
  live = await startLive({ maxAnswerMs: 500 });
  company = await found(live);
  other = connect(live.database.url, { commits: 1, queries: 1 });
});
afterAll(async () => {
  await other.close();
  await live.close();
});

/** Nothing is refused and nothing is answered: whoever asks for a conversation waits. */
async function whileStalled<T>(act: () => Promise<T>): Promise<T> {
  return other.sql.begin(async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    await tx.unsafe('lock table conversations in access exclusive mode');
    return act();
  }) as Promise<T>;
}

const code = (answer: Ack) => (answer.ok ? 'ok' : answer.problem.code);

test('[TIME-2] [HOLD-3] answers each event in time while the database stalls and executes retries once', async () => {
  const key = await meetCustomer(live, company);
  const ada = await joinTeam(live, company.people.owner.key);
  const zoe = await joinCustomer(live, key.token);
  const typing = { conversationId: key.conversationId, typing: true };
  const message = { text: 'Anyone?', clientMessageId: 'asked-again' };

  const answers = await whileStalled(() =>
    Promise.all([
      ada.ask('typing', typing),
      ada.ask('watch', { conversationId: key.conversationId }),
      zoe.ask('message', message),
      zoe.ask('history', {}),
    ]),
  );
  expect(answers.map(code)).toEqual(['unavailable', 'unavailable', 'unavailable', 'unavailable']);

  // On a busy machine half a second may be too little once more.
  await expect.poll(async () => code(await zoe.ask('message', message))).toBe('ok');
  await expect.poll(async () => code(await ada.ask('typing', typing))).toBe('ok');
  const { conversation, messages } = await vi.waitFor(() => watch(ada, key), { timeout: 20_000 });
  expect(conversation.state).toBe('humanActive');
  expect(textsOf(messages)).toEqual(['Anyone?']);
  ada.socket.close();
  zoe.socket.close();
});

test('while the database stands still a node that stops ends its sockets all the same', async () => {
  const node = await startLive({ beside: live });
  const key = await meetCustomer(live, company);
  const ada = await joinTeam(node, company.people.owner.key);
  await whileStalled(async () => {
    // A mark of a delivery: the list has to read the conversation.
    node.publisher.delivered(key, []);
    const isCutOff = disconnected(ada);
    await Promise.all([node.endSockets(), isCutOff]);
  });
  await node.close();
});

/** A hostile client asks for admission repeatedly on one connection. Gives what it was told. */
async function knocks(path: string, packet: string, times: number): Promise<string[]> {
  const socket = new WebSocket(`${live.url.replace('http', 'ws')}${path}/?EIO=4&transport=websocket`);
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return;
      if (data.startsWith('0')) for (let knock = 0; knock < times; knock += 1) socket.send(packet);
      if (/^4[04]/.test(data)) told.push(data);
      if (told.length === times) resolve();
    });
  });
  socket.close();
  return told;
}

test('[SEE-5] a connection asks once to come in: the database is not asked for each further try of it', async () => {
  const { token } = await meetCustomer(live, company);
  for (const [path, packet] of [
    ['/socket.io', `40/team,${JSON.stringify({ token: company.people.owner.key })}`],
    ['/chat.io', `40/customer,${JSON.stringify({ token })}`],
  ] as const) {
    const told = await knocks(path, packet, 20);
    expect(told.filter((one) => one.startsWith('40'))).toHaveLength(1);
    expect(told.filter((one) => one.includes('rate_limited'))).toHaveLength(19);
  }
});
