import type { Message } from '@baton/protocol';
import { type CommitItem, type CommitResult, StoreUnavailable, type Verdict } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { toRecord } from './commit-input.ts';
import { FIND, DECIDE_VERDICT } from './commit-verdict.ts';
import {
  CLAIM,
  INSERT_MESSAGES,
  INSERT_TRANSITIONS,
  QUEUE_FOR_SEARCH,
  UPDATE_CONVERSATIONS,
  UPDATE_LANES,
  WITHHOLD,
} from './commit-write.ts';
import { toMs } from './sql-fragments.ts';
import { jsonLines, run } from './statement.ts';
import { codeOf, isUnrelatedFailure } from './unavailable.ts';

/** TIME-2: commits a batch of conversations in one statement: one transaction, one round trip. */
export const COMMIT = `with ${[
  FIND,
  DECIDE_VERDICT,
  UPDATE_CONVERSATIONS,
  WITHHOLD,
  CLAIM,
  INSERT_MESSAGES,
  INSERT_TRANSITIONS,
  UPDATE_LANES,
  QUEUE_FOR_SEARCH,
].join(',')}
select case when j.verdict = 'committed' and w.idx is null then 'busy' else j.verdict end as verdict,
  w.new_revision as revision, j.duplicates,
  (select jsonb_agg(m.message order by m.seq) from withheld m where m.idx = j.idx) as withheld,
  (select m.message from claimed m where m.idx = j.idx) as claimed,
  ${toMs('clock_timestamp()')} as now
from decided j left join written w on w.idx = j.idx
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

/** @throws StoreUnavailable; or the error of an item, and then nothing is committed */
export async function commit(sql: Sql, items: CommitItem[]): Promise<CommitResult> {
  const batch = jsonLines(items.map(toRecord));
  const rows = await run<Row>(sql, COMMIT, [batch]).catch((error: unknown) => {
    // Another batch has just committed a message with the same id. A second try sees it as a duplicate.
    if (codeOf(error) === UNIQUE_VIOLATION) return run<Row>(sql, COMMIT, [batch]);
    // With several items the caller commits each alone, so that one on a damaged page does not block the others.
    if (items.length === 1 && isUnrelatedFailure(error))
      throw new StoreUnavailable('the database failed', { cause: error });
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
