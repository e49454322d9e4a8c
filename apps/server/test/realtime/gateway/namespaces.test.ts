import { createServer, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queryObjects } from 'node:v8';
import { expect, onTestFinished, test } from 'vitest';
import { forgetRequest, openNamespaces } from '../../../src/realtime/gateway/namespaces.ts';
import { connect } from '../client.ts';

test('[SEE-5] keeps no part of the request in memory after the handshake', async () => {
  const server = createServer();
  const requests: WeakRef<IncomingMessage>[] = [];
  server.on('upgrade', (request) => requests.push(new WeakRef(request)));
  const namespaces = openNamespaces([]);
  namespaces.team.on('connection', forgetRequest);
  namespaces.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => namespaces.close());

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/team`;
  const clients = await Promise.all([1, 2, 3].map((n) => connect(url, { auth: { token: `secret ${n}` } })));
  expect(clients.map(({ socket }) => socket.connected)).toEqual([true, true, true]);
  // A WeakRef keeps its target alive until the end of the task.
  await new Promise((resolve) => setImmediate(resolve));
  // `queryObjects` runs the garbage collector first.
  queryObjects(IncomingMessage);
  expect(requests.map((request) => request.deref() === undefined)).toEqual([true, true, true]);
  for (const { handshake } of namespaces.team.sockets.values())
    expect(JSON.stringify(handshake)).not.toContain('secret');
  for (const { socket } of clients) socket.close();
});
