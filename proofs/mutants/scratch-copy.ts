import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutate, type Mutant } from './mutant.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Everything that the suites need. */
const COPIED = ['packages', 'drizzle', 'docs', 'package.json', 'pnpm-workspace.yaml'];

const CONFIG = `export default {
  cacheDir: './cache',
  test: {
    fsModuleCachePath: './cache/modules',
    include: ['packages/*/test/**/*.test.ts'],
    globalSetup: process.env.NEEDS_POSTGRES ? ['packages/database/src/testing/global-setup.ts'] : [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    isolate: false,
    bail: 1,
  },
};
`;

/** A copy of the code. Mutants change the copy, never the working tree. */
export class ScratchCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<ScratchCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-mutants-'));
    for (const name of COPIED) {
      // Links between packages are relative, so in the copy they lead to the copies.
      await cp(join(ROOT, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'vitest.config.mjs'), CONFIG);
    return new ScratchCopy(folder);
  }

  /** Runs `use` while the copy has the mutant. */
  async with<T>(mutant: Mutant, use: () => Promise<T>): Promise<T> {
    const path = join(this.folder, mutant.file);
    const original = await readFile(path, 'utf8');
    await writeFile(path, mutate(original, mutant));
    try {
      return await use();
    } finally {
      await writeFile(path, original);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
