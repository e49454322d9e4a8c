import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Line } from '../../test-support/line.ts';
import { soon } from '../support/soon.ts';

let parrot: Server;
let line: Line;
let address: string;
beforeEach(async () => {
  parrot = createServer((caller) => caller.on('error', () => {}).pipe(caller)).listen(0, '127.0.0.1');
  await once(parrot, 'listening');
  line = await Line.to(`tcp://127.0.0.1:${(parrot.address() as AddressInfo).port}`);
  address = line.through('tcp://parrot:1');
});
afterEach(async () => {
  await line.close();
  parrot.close();
});

/** A caller, and all that was said to it. */
async function call() {
  const socket: Socket = connect(Number(new URL(address).port), '127.0.0.1');
  const caller = { socket, heard: '', ended: false };
  socket.on('data', (said: Buffer) => (caller.heard += said.toString()));
  socket.on('error', () => {});
  socket.on('close', () => (caller.ended = true));
  await once(socket, 'connect');
  return caller;
}

test('an open line carries everything, in order', async () => {
  const caller = await call();
  for (const word of ['one ', 'two ', 'three']) caller.socket.write(word);
  await soon(() => caller.heard).toBe('one two three');
});

test('a cut line ends its calls and takes no new ones, until it is mended', async () => {
  const caller = await call();
  line.cut();
  await soon(() => caller.ended).toBe(true);
  const refused = await call();
  await soon(() => refused.ended).toBe(true);
  line.mend();
  const again = await call();
  again.socket.write('hello');
  await soon(() => again.heard).toBe('hello');
});

test('a stalled line holds what is said, and says it when it is mended', async () => {
  const caller = await call();
  line.stall();
  caller.socket.write('patience');
  const other = await call();
  other.socket.write('me too');
  expect([caller.heard, caller.ended]).toEqual(['', false]);
  line.mend();
  await soon(() => [caller.heard, other.heard]).toEqual(['patience', 'me too']);
});

test('a line may lose the answers of one side: the question arrived, and nobody knows', async () => {
  let asked = '';
  parrot.on('connection', (caller) => caller.on('data', (said: Buffer) => (asked += said.toString())));
  const caller = await call();
  line.swallow('answers');
  caller.socket.write('commit');
  await soon(() => asked).toBe('commit');
  line.cut();
  await soon(() => caller.ended).toBe(true);
  expect(caller.heard).toBe('');
});

test('a slow line takes its time, and keeps the order', async () => {
  const caller = await call();
  line.delay(30);
  const began = performance.now();
  caller.socket.write('slow');
  await soon(() => caller.heard).toBe('slow');
  // There and back, each way the slow one.
  expect(performance.now() - began).toBeGreaterThanOrEqual(59);
});

test('what is said once a slow line is mended does not overtake what is still on its way', async () => {
  const caller = await call();
  line.delay(60);
  caller.socket.write('slow ');
  caller.socket.write('and ');
  await soon(() => caller.socket.bytesWritten).toBe(9);
  line.mend();
  caller.socket.write('steady');
  await soon(() => caller.heard).toBe('slow and steady');
});
