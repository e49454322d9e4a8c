import { sql } from 'drizzle-orm';
import type { Queryable } from '../queries/queryable.ts';

export interface TermsByFrequency {
  /** Terms to search in the index. */
  asked: string[];
  /** Terms to compare with the text of the found messages. */
  compared: string[];
}

/** A term this many times as frequent as the rarest is cheaper to compare than to search in the index. */
const FREQUENCY_RATIO = 10;

interface Plan {
  'Plan Rows': number;
}

/**
 * Separates rare from frequent terms by PostgreSQL's statistics. The index collects all entries of a prefix before it combines
 * terms, so one frequent term makes the search slow.
 */
export async function splitByFrequency(db: Queryable, terms: string[]): Promise<TermsByFrequency> {
  if (terms.length < 2) return { asked: terms, compared: [] };
  const each = terms.map((term) => sql`select from message_words where words @@ ${term}::tsquery`);
  const [row] = await db.execute<{ 'QUERY PLAN': [{ Plan: { Plans: Plan[] } }] }>(
    sql`explain (format json) ${sql.join(each, sql` union all `)}`,
  );
  const rows = row?.['QUERY PLAN'][0].Plan.Plans.map((plan) => plan['Plan Rows']) ?? [];
  const fewest = Math.min(...rows);
  const isFrequent = (_: string, index: number) => (rows[index] ?? fewest) >= FREQUENCY_RATIO * Math.max(1, fewest);
  return {
    asked: terms.filter((term, index) => !isFrequent(term, index)),
    compared: terms.filter(isFrequent),
  };
}
