import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutate, type Mutant } from './mutant.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** All that the suites need. */
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

/** A copy of the code, for bugs: the working tree never has one. */
export class Scratch {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Scratch> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-mutants-'));
    for (const name of COPIED) {
      // The links between the packages are relative: here they lead to the copies.
      await cp(join(ROOT, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'vitest.config.mjs'), CONFIG);
    return new Scratch(folder);
  }

  /** With the bug in it while `use` runs. */
  async with<T>(mutant: Mutant, use: () => Promise<T>): Promise<T> {
    const path = join(this.folder, mutant.file);
    const healthy = await readFile(path, 'utf8');
    await writeFile(path, mutate(healthy, mutant));
    try {
      return await use();
    } finally {
      await writeFile(path, healthy);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
