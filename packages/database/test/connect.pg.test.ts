import { once } from 'node:events';
import { type AddressInfo, connect as dial, createServer } from 'node:net';
import { expect, inject, test } from 'vitest';
import { openClient } from '../src/connect.ts';

test('a new connection asks nothing by itself, which nobody would await: a database that dies then ends no process', async () => {
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
