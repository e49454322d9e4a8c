import { type SQL, sql } from 'drizzle-orm';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../src/connect.ts';
import * as agents from '../src/schema/agents.ts';
import * as auth from '../src/schema/auth.ts';
import * as channels from '../src/schema/channels.ts';
import * as conversations from '../src/schema/conversations.ts';
import * as lanes from '../src/schema/lanes.ts';
import * as messages from '../src/schema/messages.ts';
import * as search from '../src/schema/search.ts';
import * as workspaces from '../src/schema/workspaces.ts';
import { createTestDatabase } from '../src/testing/test-database.ts';
import { readCatalog } from './catalog.ts';

const schema = { ...agents, ...auth, ...channels, ...conversations, ...lanes, ...messages, ...search, ...workspaces };

async function catalogOf(statements: SQL[], options: { empty: boolean }): Promise<string[]> {
  const database = await createTestDatabase(options);
  onTestFinished(() => database.drop());
  const connections = connect(database.url, { queries: 1, commits: 1 });
  onTestFinished(() => connections.close());
  for (const statement of statements) await connections.db.execute(statement);
  return await readCatalog(connections.sql);
}

// Write the next migration so that this test passes: its diff shows the definitions that are missing.
test('migrates to exactly the tables that the Drizzle schema describes', async () => {
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema));
  const described = await catalogOf(
    statements.map((statement) => sql.raw(statement)),
    { empty: true },
  );
  const migrated = await catalogOf([sql`alter index message_words_words reset (gin_pending_list_limit)`], {
    empty: false,
  });
  expect(migrated).toEqual(described);
});
