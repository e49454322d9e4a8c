import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../../../packages/database/src/testing/test-database.ts';
import { applySquashedMigrations } from '../../../../packages/database/test/squashed-database.ts';
import { ChildServer } from './child-server.ts';

test('starts on a database with the six squashed migrations', async () => {
  const database = await createTestDatabase({ empty: true });
  onTestFinished(() => database.drop());
  await applySquashedMigrations(database.url);
  const dataDir = await mkdtemp(join(tmpdir(), 'baton-squashed-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const server = new ChildServer({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    SECRET_KEY: 'a key that only tests have, of enough length',
    ADMIN_EMAIL: 'ada.moreau@example.com',
    ADMIN_PASSWORD: 'correct horse battery',
  });
  onTestFinished(async () => void (await server.end('SIGTERM')));
  const response = await fetch(`${await server.ready()}/readyz`);
  expect(response.status).toBe(200);
});
