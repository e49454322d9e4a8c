import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { run } from '../setup/child.mjs';

test('what it prints comes back in order, with its exit code', async () => {
  const { code, output } = await run('sh', ['-c', 'echo out; echo err >&2; exit 3']);
  expect(code).toBe(3);
  expect(output.trim().split('\n').toSorted()).toEqual(['err', 'out']);
});

test('a program that is not there is a failure, not an exception', async () => {
  expect(await run('no-such-program', [])).toMatchObject({ code: 127, output: expect.stringContaining('ENOENT') });
});

test('one that takes too long is ended with its children', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-child-'));
  const pidFile = join(folder, 'pid');
  const { code, output } = await run('sh', ['-c', `sleep 60 & echo $! > ${pidFile}; wait`], { timeoutMs: 300 });
  expect(code).not.toBe(0);
  expect(output).toContain('SIGTERM');
  const grandchild = Number(readFileSync(pidFile, 'utf8'));
  await vi.waitFor(() => expect(isRunning(grandchild)).toBe(false), { timeout: 20_000 });
  rmSync(folder, { recursive: true });
});

/** A zombie that nobody has collected yet is not running any more. */
function isRunning(pid) {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()[0] !== 'Z';
}
