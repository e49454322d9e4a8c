import { once } from 'node:events';
import { type AddressInfo, connect as dial, createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openClient } from '../src/connect.ts';

test('runs no query of its own on a new connection', async () => {
  const url = new URL(inject('postgresUrl'));
  const heard: Buffer[] = [];
  const line = createServer((near) => {
    const far = dial(Number(url.port), url.hostname);
    near.on('data', (said: Buffer) => heard.push(said)).on('error', () => {});
    far.on('error', () => {});
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const client = openClient(Object.assign(new URL(url), { port: String((line.address() as AddressInfo).port) }).href, {
    max: 1,
  });
  await client`select 'mine'`;
  await client.end();
  line.close();
  const said = Buffer.concat(heard).toString('latin1');
  expect(said).toContain(`select 'mine'`);
  expect(said.match(/select/gi)).toHaveLength(1);
});

/** On one connection, so that each question comes after the one before. */
function open() {
  const client = openClient(inject('postgresUrl'), { max: 1 });
  onTestFinished(() => client.end({ timeout: 0 }));
  return client;
}
const NUMBERS = [{ n: 1 }, { n: 2 }, { n: 3 }];

test('the answer to a question is whole when the one before it failed after some rows', async () => {
  const client = open();
  const failing = client`select 1 / (4 - i) from generate_series(1, 10) i`;
  const next = client`select n from generate_series(1, 3) n`;
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect([...(await next)]).toEqual(NUMBERS);
});

test('the answer to a question is whole when the connection before was lost after some rows', async () => {
  const client = open();
  const lost = client`select i, case i when 4 then pg_terminate_backend(pg_backend_pid()) end from generate_series(1, 10) i`;
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  expect([...(await client`select n from generate_series(1, 3) n`)]).toEqual(NUMBERS);
});

test('a client whose connection was lost in the middle of a question ends at once', async () => {
  const client = open();
  await expect(client`select pg_terminate_backend(pg_backend_pid())`).rejects.toMatchObject({
    code: 'CONNECTION_CLOSED',
  });
  await client.end();
});

test('what a lost connection had not sent yet does not go out on the next one', async () => {
  const url = new URL(inject('postgresUrl'));
  const lines: Duplex[] = [];
  // A stream, unlike a socket, is closed before the driver’s next immediate, in which it sends what it has gathered.
  const socket = () => {
    const far = dial(Number(url.port), url.hostname);
    const near = Duplex.from({ readable: far, writable: far });
    lines.push(near);
    return near;
  };
  // Known to the driver, not to its types.
  const options = { max: 1, socket };
  const client = openClient(url.href, options);
  onTestFinished(() => client.end({ timeout: 0 }));
  await client`select 'open'`;
  const unsent = client`select 'not sent'`.execute();
  lines[0]?.destroy();
  await expect(unsent).rejects.toMatchObject({ code: 'ABORT_ERR' });
  expect([...(await client`select n from generate_series(1, 3) n`)]).toEqual(NUMBERS);
  expect(lines).toHaveLength(2);
});

test('closes a silent connection despite new queries, and reconnects', async () => {
  const url = new URL(inject('postgresUrl'));
  let isDead = false;
  const line = createServer((near) => {
    const far = dial(Number(url.port), url.hostname);
    near.on('error', () => {}).on('close', () => far.destroy());
    far.on('error', () => {});
    near.on('data', (said: Buffer) => isDead || far.write(said));
    far.on('data', (said: Buffer) => near.write(said));
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  onTestFinished(() => void line.close());
  const client = openClient(Object.assign(new URL(url), { port: String((line.address() as AddressInfo).port) }).href, {
    max: 1,
    connection: { statement_timeout: 300 },
  });
  onTestFinished(() => client.end({ timeout: 0 }));
  await client`select 1`;
  isDead = true;
  const asked = client`select 2`;
  const asking = setInterval(() => void client`select 3`.catch(() => {}), 20);
  onTestFinished(() => clearInterval(asking));
  await expect(asked).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  isDead = false;
  expect([...(await client`select n from generate_series(1, 3) n`)]).toEqual(NUMBERS);
});
