import type { Sql } from '../../connect.ts';
import { makeRows, type Rows } from './make-rows.ts';
import { TABLES, toTemplates } from './row-templates.ts';
import { KINDS } from './scenario-kinds.ts';
import { makeWorkspaces, type SeedWorkspace } from './workspaces.ts';

export type { SeedWorkspace };

export interface SeedOptions {
  conversations: number;
  seed: number;
  /** Share of the conversations that get their history: at most 1, and what it is left out of cannot be replayed. */
  history?: number;
  /** Connections that copy at once. */
  parallel?: number;
  onProgress?: (conversations: number, messages: number) => void;
}

export interface Seeded {
  workspaces: SeedWorkspace[];
  conversations: number;
  messages: number;
}

const CHUNK = 500;

/**
 * Fills a migrated, empty database by COPY: conversations of every kind over workspaces of very different sizes, each
 * played by the real statechart. The same seed gives the same rows, but for the times, which end now. Old agent messages
 * are of epochs that are over, which the fence would refuse: its trigger is off while they are copied.
 */
export async function seed(sql: Sql, options: SeedOptions): Promise<Seeded> {
  const { conversations, parallel = 2, history = 1, onProgress } = options;
  const workspaces = await makeWorkspaces(sql, conversations);
  const work = workspaces.flatMap((workspace) =>
    Array.from({ length: Math.ceil(workspace.conversations / CHUNK) }, (_, chunk) => ({
      workspace,
      from: chunk * CHUNK,
    })),
  );
  // All workspaces grow at the same pace: stopped early, it is a smaller database of the same shape.
  work.sort((one, other) => one.from / one.workspace.conversations - other.from / other.workspace.conversations);
  const seeded = { workspaces, conversations: 0, messages: 0 };
  const filling = { seed: options.seed, history, now: Date.now() };
  await sql`alter table messages disable trigger agent_message_fence_on_insert`;
  try {
    const copy = async () => {
      for (let chunk = work.shift(); chunk; chunk = work.shift()) {
        const { workspace, from } = chunk;
        const rows = makeRows(workspace, from, Math.min(from + CHUNK, workspace.conversations), filling);
        await copyRows(sql, rows);
        seeded.conversations += rows.conversations.length;
        seeded.messages += rows.messages.length;
        onProgress?.(seeded.conversations, seeded.messages);
      }
    };
    await Promise.all(Array.from({ length: parallel }, copy));
  } finally {
    await sql`alter table messages enable trigger agent_message_fence_on_insert`;
  }
  await sql`analyze`;
  return seeded;
}

/** Any conversation has the columns of all. */
const SAMPLE = toTemplates(KINDS[0]!.play(4));

async function copyRows(sql: Sql, rows: Rows): Promise<void> {
  await sql.begin(async (tx) => {
    for (const table of TABLES) {
      const stream = await tx.unsafe(`copy ${table} (${SAMPLE[table].columns}) from stdin`).writable();
      await new Promise<void>((resolve, reject) => {
        stream.once('error', reject);
        stream.once('finish', resolve);
        stream.end(rows[table].join(''));
      });
    }
  });
}
