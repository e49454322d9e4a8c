import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { migrate } from '../src/migrate.ts';

const FIXTURE = new URL('./fixtures/migrations-before-squash.json.gz', import.meta.url);

/** Applies the six migrations that existed before the squash to an empty database. Returns their names. */
export async function applySquashedMigrations(url: string): Promise<string[]> {
  const texts = z.record(z.string(), z.string()).parse(JSON.parse(gunzipSync(readFileSync(FIXTURE)).toString()));
  const folder = mkdtempSync(join(tmpdir(), 'baton-squashed-'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  try {
    return await migrate(url, { folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
