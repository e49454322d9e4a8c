import http from 'node:http';
import type { LookupAddress } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutboundClient } from '../src/client.ts';
import { ForbiddenAddress, pinnedLookup } from '../src/pinned-lookup.ts';
import { json, startLocalServer, type LocalServer } from '../src/testing/local-server.ts';

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });
const POST = { headers: {}, body: '{}', timeoutMs: 5_000, maxResponseBytes: 1_000 };
const never = new AbortController().signal;

function lookUp(found: LookupAddress[], options: { all?: boolean; family?: 0 | 4 | 6 }, allowPrivateNetwork = false) {
  return new Promise<string | LookupAddress[]>((resolve, reject) => {
    pinnedLookup(async () => found, allowPrivateNetwork)('example.com', options, (error, address) => {
      if (error === null) resolve(address);
      else reject(error);
    });
  });
}

describe('names', () => {
  let inside: LocalServer;
  beforeAll(async () => {
    inside = await startLocalServer(json(200, {}));
  });
  afterAll(() => inside.close());

  it.each([
    ['loopback', [v4('127.0.0.1')]],
    ['IPv6 loopback', [v6('::1')]],
    ['a private address', [v4('10.0.0.5')]],
    ['cloud metadata', [v4('169.254.169.254')]],
    ['an IPv4 address in IPv6', [v6('::ffff:127.0.0.1')]],
    ['several private ones', [v4('192.168.1.1'), v6('fd00::1'), v6('fe80::1%eth0')]],
    ['NAT64', [v6('64:ff9b::7f00:1')]],
    ['nothing', []],
    ['something that is no address', [v4('localhost')]],
  ])('a name that resolves to %s is refused', async (_what, found) => {
    await expect(lookUp(found, { all: true })).rejects.toBeInstanceOf(ForbiddenAddress);
    await expect(lookUp(found, {})).rejects.toBeInstanceOf(ForbiddenAddress);
  });

  it('uses only the public addresses of a name that also resolves to private ones', async () => {
    const found = [v4('127.0.0.1'), v4('8.8.8.8'), v6('64:ff9b::808:808'), v6('2606:4700::1111')];
    expect(await lookUp(found, { all: true })).toEqual([v4('8.8.8.8'), v6('2606:4700::1111')]);
    expect(await lookUp(found, {})).toBe('8.8.8.8');
    expect(await lookUp(found, { family: 6 })).toBe('2606:4700::1111');
  });

  it('sends nothing to a name that resolves to a private address', async () => {
    const client = createOutboundClient({ allowPrivateNetwork: false, resolve: async () => [v4('127.0.0.1')] });
    const result = await client.post({ ...POST, url: `http://innocent.example:${inside.port}/` }, never);
    client.close();
    expect(result).toMatchObject({ ok: false, kind: 'forbiddenAddress', mayHaveArrived: false });
    expect(inside.connections()).toBe(0);
  });

  it('asks the system resolver by default', async () => {
    const client = createOutboundClient({ allowPrivateNetwork: false });
    const result = await client.post({ ...POST, url: `http://localhost.:${inside.port}/` }, never);
    client.close();
    expect(result).toMatchObject({ ok: false, kind: 'forbiddenAddress' });
    expect(inside.connections()).toBe(0);
  });

  it('resolves a name once and pins the connection to that address', async () => {
    const checked = await startLocalServer(json(200, { server: 'checked' }));
    const rebound = await startLocalServer(json(200, { server: 'rebound' }), '127.0.0.2', checked.port);
    const answers = [[v4('127.0.0.1')], [v4('127.0.0.2')]];
    const asked: string[] = [];
    const resolve = async (name: string): Promise<LookupAddress[]> => {
      asked.push(name);
      return answers[asked.length - 1] ?? [];
    };
    const client = createOutboundClient({ allowPrivateNetwork: true, resolve });
    const url = `http://rebinding.example:${checked.port}/`;
    const first = await client.post({ ...POST, url }, never);
    const second = await client.post({ ...POST, url }, never);
    client.close();

    // The second request used the open connection, whose address was checked.
    expect([first, second]).toMatchObject([{ body: '{"server":"checked"}' }, { body: '{"server":"checked"}' }]);
    expect(asked).toEqual(['rebinding.example']);
    expect(checked.connections()).toBe(1);
    expect(rebound.connections()).toBe(0);
    await Promise.all([checked.close(), rebound.close()]);
  });

  it('checks the name again for each new connection', async () => {
    const answers = [[v4('8.8.8.8')], [v4('127.0.0.1')]];
    const lookup = pinnedLookup(async () => answers.shift() ?? [], false);
    const ask = () =>
      new Promise((resolve) => lookup('flip.example', { all: true }, (error, found) => resolve(error ?? found)));
    expect(await ask()).toEqual([v4('8.8.8.8')]);
    expect(await ask()).toBeInstanceOf(ForbiddenAddress);
  });

  it('connects to the checked address and keeps the name in the Host header', async () => {
    const agent = new http.Agent({ lookup: pinnedLookup(async () => [v4('127.0.0.1')], true) });
    const url = `http://pinned.example:${inside.port}/`;
    await new Promise((resolve, reject) => {
      http.get(url, { agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
    });
    agent.destroy();
    expect(inside.received.at(-1)?.headers.host).toBe(`pinned.example:${inside.port}`);
  });
});
