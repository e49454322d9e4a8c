import { connect, type Connections } from '../src/connect.ts';
import { seed, type Seeded } from '../src/testing/seed/seed.ts';
import { createTestDatabase } from '../src/testing/test-database.ts';

/** A database of its own with made-up workspaces in it, the same for the same seed. */
export interface SeededDatabase extends Connections {
  url: string;
  seeded: Seeded;
  drop(): Promise<void>;
}

export async function openSeededDatabase(plan: { conversations: number; seed: number }): Promise<SeededDatabase> {
  const database = await createTestDatabase();
  const connections = connect(database.url);
  return {
    ...connections,
    url: database.url,
    seeded: await seed(connections.sql, plan),
    async drop() {
      await connections.close();
      await database.drop();
    },
  };
}
