import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run as runChild } from '../setup/child.mjs';
import { ROOT } from '../setup/places.mjs';

/** A check made of one command: it passes when the command does. */
export async function command(program, args, { env, cwd = ROOT } = {}) {
  const { code, output } = await runChild(program, args, { cwd, env });
  return { ok: code === 0, output };
}

/**
 * Proves that a check can fail: runs it on small files that break its rules, and says what it did not notice.
 *
 * `files` are laid out in a folder of their own, `run(folder, env)` is the check on that folder, and each of `notices`
 * has to appear in what it prints.
 */
export async function canaryComplaint({ files, run, notices }, env) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-canary-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const { ok, output } = await run(folder, env);
    if (ok) return `The canary sang: this check passes on files that break every rule of it.\n${output}`;
    const missed = notices.filter((notice) => !output.includes(notice));
    return missed.length === 0 ? undefined : `The canary was not noticed for: ${missed.join(', ')}\n${output}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
