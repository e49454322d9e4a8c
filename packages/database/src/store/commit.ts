import type { Message } from '@baton/protocol';
import { type CommitItem, type CommitResult, StoreUnavailable, type Verdict } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { toRecord } from './commit-input.ts';
import { FIND, JUDGE } from './commit-verdict.ts';
import {
  CLAIM,
  INSERT_MESSAGES,
  INSERT_TRANSITIONS,
  QUEUE_WORDS,
  UPDATE_CONVERSATIONS,
  UPDATE_LANES,
  STRAND,
} from './commit-write.ts';
import { toMs } from './sql-fragments.ts';
import { jsonLines, run } from './statement.ts';
import { codeOf, isNotItsDoing } from './unavailable.ts';

/** TIME-2: a batch of conversations in one statement, so in one transaction and one round trip. */
export const COMMIT = `with ${[
  FIND,
  JUDGE,
  UPDATE_CONVERSATIONS,
  STRAND,
  CLAIM,
  INSERT_MESSAGES,
  INSERT_TRANSITIONS,
  UPDATE_LANES,
  QUEUE_WORDS,
].join(',')}
select case when j.verdict = 'committed' and w.idx is null then 'busy' else j.verdict end as verdict,
  w.new_revision as revision, j.duplicates,
  (select jsonb_agg(m.message order by m.seq) from withheld m where m.idx = j.idx) as withheld,
  (select m.message from claimed m where m.idx = j.idx) as claimed,
  ${toMs('clock_timestamp()')} as now
from judged j left join written w on w.idx = j.idx
order by j.idx`;

interface Row {
  verdict: string;
  revision: number | null;
  duplicates: (Message & { externalId: string | null })[] | null;
  withheld: Message[] | null;
  claimed: Message | null;
  now: number;
}

const UNIQUE_VIOLATION = '23505';

/** @throws StoreUnavailable; or what a single item did wrong, then nothing was committed */
export async function commit(sql: Sql, items: CommitItem[]): Promise<CommitResult> {
  const batch = jsonLines(items.map(toRecord));
  const rows = await run<Row>(sql, COMMIT, [batch]).catch((error: unknown) => {
    // Another batch has just stored a message under one of our ids. By now it is there to be seen.
    if (codeOf(error) === UNIQUE_VIOLATION) return run<Row>(sql, COMMIT, [batch]);
    // Alone it shows: of several, the others are to be committed without the one that lies on a damaged page.
    if (items.length === 1 && isNotItsDoing(error)) throw new StoreUnavailable('the database failed', { cause: error });
    throw error;
  });
  return { verdicts: rows.map(toVerdict), now: rows.at(-1)?.now ?? 0 };
}

function toVerdict(row: Row): Verdict {
  switch (row.verdict) {
    case 'committed':
      return {
        kind: 'committed',
        revision: row.revision ?? 0,
        withheld: row.withheld ?? [],
        claimed: row.claimed,
      };
    case 'duplicate':
      return { kind: 'duplicate', messages: row.duplicates ?? [] };
    case 'busy':
    case 'conflict':
    case 'staleRules':
    case 'staleClaim':
    case 'missing':
      return { kind: row.verdict };
    default:
      return { kind: 'rejected', detail: row.verdict.replace(/^refused: /, '') };
  }
}
