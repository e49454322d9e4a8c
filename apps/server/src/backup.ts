import { copyFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BackupError, backUp, restore } from '@baton/database';
import { connectEmbeddedPostgres } from '@baton/embedded-postgres';
import { readConfig } from './config.ts';
import { explain } from './process/explain.ts';

/** `npm run backup -- FOLDER` and `npm run restore -- FOLDER`, on the database that this environment's server has. */
const COMMANDS = {
  async backup(folder: string): Promise<string> {
    const { tables } = await onDatabase((address) => backUp(address, folder));
    // Sessions and visitors' chats are signed with it.
    if (await exists(keyFile)) await copyFile(keyFile, join(folder, 'secret-key'));
    return `${total(tables)} rows of ${tables.length} tables are in ${folder}.`;
  },
  async restore(folder: string): Promise<string> {
    const keptKey = join(folder, 'secret-key');
    if ((await exists(keptKey)) && (await exists(keyFile))) {
      throw new BackupError(`${keyFile} is there already: restore into an empty folder`);
    }
    const { tables, madeAt } = await onDatabase((address) => restore(address, folder));
    if (await exists(keptKey)) await copyFile(keptKey, keyFile);
    return `${total(tables)} rows are back as they were at ${madeAt}. The next start brings them up to date.`;
  },
};

const config = readConfig(process.env, process.cwd());
const keyFile = join(config.dataDir, 'secret-key');

async function onDatabase<Result>(act: (address: Parameters<typeof backUp>[0]) => Promise<Result>): Promise<Result> {
  if (config.databaseUrl !== null) return await act(config.databaseUrl);
  const { connection, release } = await connectEmbeddedPostgres({ dataDir: config.dataDir, root: config.root });
  try {
    return await act(connection);
  } finally {
    await release();
  }
}

const total = (tables: { rows: number }[]): number => tables.reduce((sum, { rows }) => sum + rows, 0);

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

const [name = '', folder] = process.argv.slice(2);
if ((name !== 'backup' && name !== 'restore') || folder === undefined) {
  process.stderr.write('Usage: npm run backup -- FOLDER, or npm run restore -- FOLDER\n');
  process.exit(1);
}
try {
  process.stdout.write(`${await COMMANDS[name](resolve(folder))}\n`);
} catch (error) {
  const sentence = error instanceof BackupError ? error.message : explain(error, config);
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exit(1);
}
