import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../setup/lock.mjs';

let folder;
let lock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-lock-'));
  lock = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

const takeLock = (work, options) => withLock(lock, work, { pollMs: 1, ...options });

test('work runs one at a time, and the second is told who it waits for', async () => {
  let inside = 0;
  let most = 0;
  const waitedFor = [];
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside--;
  };
  const onWait = (pid) => waitedFor.push(pid);
  await Promise.all([takeLock(work, { onWait }), takeLock(work, { onWait }), takeLock(work, { onWait })]);
  expect(most).toBe(1);
  expect(waitedFor).toEqual([process.pid, process.pid]);
  expect(existsSync(lock)).toBe(false);
});

test('it is released when the work fails', async () => {
  await expect(takeLock(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(await takeLock(() => 'done')).toBe('done');
});

test('a lock whose owner is dead is taken over', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  heldBy({ pid: dead.pid, started: '1' });
  expect(await takeLock(() => 'done')).toBe('done');
});

test.runIf(process.platform === 'linux')('a pid that another process has by now does not keep it', async () => {
  heldBy({ pid: process.pid, started: 'long ago' });
  expect(await takeLock(() => 'done')).toBe('done');
});

test('a lock that was never finished is taken over after a while', async () => {
  mkdirSync(lock);
  const longAgo = Date.now() / 1000 - 60;
  utimesSync(lock, longAgo, longAgo);
  expect(await takeLock(() => 'done')).toBe('done');
});

test('only one of many takes a dead lock over', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  heldBy({ pid: dead.pid, started: '1' });
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await new Promise(setImmediate);
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, () => takeLock(work)));
});

function heldBy(owner) {
  mkdirSync(lock);
  writeFileSync(join(lock, 'owner'), JSON.stringify(owner));
}
