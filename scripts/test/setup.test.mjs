import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure, run } from '../setup/child.mjs';
import { withLock } from '../setup/lock.mjs';
import { firstThatWorks } from '../setup/programs.mjs';
import { fingerprint, isStamped, stamp } from '../setup/stamp.mjs';

describe('run', () => {
  test('returns the output in order with the exit code', async () => {
    const { code, output } = await run('sh', ['-c', 'echo out; echo err >&2; exit 3']);
    expect(code).toBe(3);
    expect(output.trim().split('\n').toSorted()).toEqual(['err', 'out']);
  });

  test('returns a failure for a missing program', async () => {
    expect(await run('no-such-program', [])).toMatchObject({ code: 127, output: expect.stringContaining('ENOENT') });
  });

  test('ends a command and its children at the time limit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-child-'));
    const pidFile = join(folder, 'pid');
    const { code, output } = await run('sh', ['-c', `sleep 60 & echo $! > ${pidFile}; wait`], { timeoutMs: 300 });
    expect(code).not.toBe(0);
    expect(output).toContain('SIGTERM');
    const grandchild = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(isRunning(grandchild)).toBe(false), { timeout: 20_000 });
    rmSync(folder, { recursive: true });
  });

  /** A zombie process has ended, even before its parent collects it. */
  function isRunning(pid) {
    if (!existsSync(`/proc/${pid}/stat`)) return false;
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()[0] !== 'Z';
  }
});

describe('firstThatWorks', () => {
  const always = () => true;

  test('takes the first path that works and asks no further source', async () => {
    const further = vi.fn();
    const works = (path) => path !== '/stub';
    expect(await firstThatWorks([() => undefined, () => '/stub', () => '/good', further], works)).toBe('/good');
    expect(further).not.toHaveBeenCalled();
  });

  test('skips a source that fails', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const fails = () => Promise.reject(new Failure('no network'));
    expect(await firstThatWorks([fails, () => '/good'], always)).toBe('/good');
  });

  test('throws our own bugs instead of skipping their source', async () => {
    const broken = () => Promise.reject(new TypeError('undefined is not a function'));
    await expect(firstThatWorks([broken, () => '/good'], always)).rejects.toThrow(TypeError);
  });

  test('returns nothing when no source has a path', async () => {
    expect(await firstThatWorks([() => undefined], always)).toBeUndefined();
  });
});

describe('withLock', () => {
  let folder;
  let lock;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-lock-'));
    lock = join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const takeLock = (work, options) => withLock(lock, work, { pollMs: 1, ...options });

  test('runs work one at a time and names the owner to the waiting', async () => {
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

  test('releases the lock when the work fails', async () => {
    await expect(takeLock(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(await takeLock(() => 'done')).toBe('done');
  });

  test('takes over a lock whose owner is dead', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    heldBy({ pid: dead.pid, started: '1' });
    expect(await takeLock(() => 'done')).toBe('done');
  });

  test.runIf(process.platform === 'linux')('takes over a lock whose pid belongs to another process now', async () => {
    heldBy({ pid: process.pid, started: 'long ago' });
    expect(await takeLock(() => 'done')).toBe('done');
  });

  test('takes over an unfinished lock after a while', async () => {
    mkdirSync(lock);
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(lock, longAgo, longAgo);
    expect(await takeLock(() => 'done')).toBe('done');
  });

  test('lets only one process take over a dead lock', async () => {
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
});

describe('fingerprint and stamp', () => {
  let root;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-stamp-'));
    mkdirSync(join(root, 'src/test'), { recursive: true });
    writeFileSync(join(root, 'src/main.ts'), 'one');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  test('gives the same fingerprint for the same content only', () => {
    const before = fingerprint(root, ['src']);
    writeFileSync(join(root, 'src/main.ts'), 'one');
    expect(fingerprint(root, ['src'])).toBe(before);
    writeFileSync(join(root, 'src/main.ts'), 'two');
    expect(fingerprint(root, ['src'])).not.toBe(before);
  });

  test('changes with a new, renamed or removed file', () => {
    const before = fingerprint(root, ['src']);
    writeFileSync(join(root, 'src/other.ts'), '');
    const withOther = fingerprint(root, ['src']);
    expect(withOther).not.toBe(before);
    rmSync(join(root, 'src/other.ts'));
    writeFileSync(join(root, 'src/third.ts'), '');
    expect(fingerprint(root, ['src'])).not.toBe(withOther);
  });

  test('ignores tests, builds and installed packages', () => {
    const before = fingerprint(root, ['src']);
    writeFileSync(join(root, 'src/main.test.ts'), 'a test');
    writeFileSync(join(root, 'src/test/fixture.ts'), 'a fixture');
    mkdirSync(join(root, 'src/node_modules/left'), { recursive: true });
    writeFileSync(join(root, 'src/node_modules/left/pad.js'), '');
    expect(fingerprint(root, ['src'])).toBe(before);
  });

  test('changes with the platform', () => {
    expect(fingerprint(root, ['src'], 'linux-x64')).not.toBe(fingerprint(root, ['src'], 'darwin-arm64'));
  });

  test('treats an absent path as empty', () => {
    expect(fingerprint(root, ['absent'])).toBe(fingerprint(root, []));
  });

  test('accepts a stamp for its own value only', () => {
    const file = join(root, 'build/.stamp');
    expect(isStamped(file, 'a')).toBe(false);
    stamp(file, 'a');
    expect(isStamped(file, 'a')).toBe(true);
    expect(isStamped(file, 'b')).toBe(false);
  });
});
