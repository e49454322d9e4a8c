import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createOutboundClient, type OutboundClient } from '@baton/outbound-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from '../src/agent-backend-modules.ts';
import { requestOf } from './requests.ts';

const EXAMPLE = fileURLToPath(new URL('../../../docs/guides/webhook-agent.mjs', import.meta.url));
const SECRETS = ['hunter2 ñ', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];
const never = new AbortController().signal;

/** The program of the guide, copied from its page. */
async function run(secret: string) {
  const program = spawn(process.execPath, [EXAMPLE], { env: { ...process.env, SECRET: secret, PORT: '0' } });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const url = (await next()).replace('listening on ', '');
  return { url, next, stop: () => program.kill() };
}

let programs: Awaited<ReturnType<typeof run>>[] = [];
let http: OutboundClient;
beforeAll(async () => {
  http = createOutboundClient({ allowPrivateNetwork: true });
  programs = await Promise.all(SECRETS.map(run));
});
afterAll(() => {
  for (const { stop } of programs) stop();
  http.close();
});

const knowledge = { current: () => expect.unreachable('a webhook agent has no knowledge base') };

function agentOf(program: number, { path = '/', secret = SECRETS[program] } = {}) {
  const { url } = programs[program] ?? expect.unreachable('it runs');
  return createBackend({ kind: 'webhook', url: `${url}${path}`, secret }, { http, now: Date.now, knowledge });
}

test.each([0, 1])('streams its answer to the holder of its secret (program %d)', async (program) => {
  const said: string[] = [];
  const reply = await agentOf(program).reply(requestOf('How long?'), never, (text) => said.push(text));
  expect(reply).toEqual({ kind: 'reply', text: expect.stringMatching(/^You wrote "How long\?"/) });
  expect(said.length).toBeGreaterThan(1);
  expect(reply).toHaveProperty('text', said.at(-1));
});

test('answers at once, hands off, and stays silent', async () => {
  const agent = agentOf(0, { path: '/at-once' });
  const kind = async (text: string) => (await agent.reply(requestOf(text), never)).kind;
  expect(await kind('How long?')).toBe('reply');
  expect(await kind('A person, please')).toBe('handoff');
  expect(await kind('thanks!')).toBe('silence');
});

test('rejects requests without a valid signature', async () => {
  const failure = { failure: { kind: 'status', status: 401 } };
  await expect(agentOf(0, { secret: 'another' }).reply(requestOf('Hi'), never)).rejects.toMatchObject(failure);
});

test('[TURN-3] stops when aborted', async () => {
  const { next } = programs[0] ?? expect.unreachable('it runs');
  const calling = new AbortController();
  const reply = agentOf(0).reply(requestOf('How long?'), calling.signal, () => calling.abort());
  await expect(reply).rejects.toThrow(/abort/i);
  let said = '';
  while (said !== 'called off') said = await next();
  expect(said).toBe('called off');
});
