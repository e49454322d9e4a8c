import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key that signs sessions and visitor tokens: as given, else the one kept in the data folder, made on the first
 * start. It is never replaced: that would end every session and every visitor's chat.
 */
export async function secretKey(given: string | null, dataDir: string): Promise<string> {
  if (given !== null) return given;
  const file = join(dataDir, 'secret-key');
  const kept = await read(file);
  if (kept !== null) return kept;

  await mkdir(dataDir, { recursive: true });
  // Written whole before it has its name, and only if nobody was faster: half a key is never read.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const made = await read(file);
  if (made === null) throw new Error(`${file} could not be made`);
  return made;
}

async function read(file: string): Promise<string | null> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    if (key.length < 32)
      throw new Error(`${file} is damaged: put back the key it held, or remove it to sign everyone out`);
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
