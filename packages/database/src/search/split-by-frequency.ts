import { sql } from 'drizzle-orm';
import type { Queryable } from '../queries/queryable.ts';

export interface TermsByFrequency {
  /** The index is asked for messages that have all of these. */
  asked: string[];
  /** Of those messages, these are looked for in what they say. */
  compared: string[];
}

/** A word so many times as frequent as another costs more to ask the index for than to look for in the messages of the other. */
const FREQUENT = 10;

interface Plan {
  'Plan Rows': number;
}

/**
 * The index gathers all entries of a beginning of a word before it compares: one very frequent word makes a search for several
 * slow, however seldom the others are. How frequent each is, by PostgreSQL's statistics. They know the frequent ones
 * only; where they know none, nothing is won and nothing is lost.
 */
export async function splitByFrequency(db: Queryable, terms: string[]): Promise<TermsByFrequency> {
  if (terms.length < 2) return { asked: terms, compared: [] };
  const each = terms.map((term) => sql`select from message_words where words @@ ${term}::tsquery`);
  const [row] = await db.execute<{ 'QUERY PLAN': [{ Plan: { Plans: Plan[] } }] }>(
    sql`explain (format json) ${sql.join(each, sql` union all `)}`,
  );
  const rows = row?.['QUERY PLAN'][0].Plan.Plans.map((plan) => plan['Plan Rows']) ?? [];
  const fewest = Math.min(...rows);
  const isFrequent = (_: string, index: number) => (rows[index] ?? fewest) >= FREQUENT * Math.max(1, fewest);
  return {
    asked: terms.filter((term, index) => !isFrequent(term, index)),
    compared: terms.filter(isFrequent),
  };
}
