import type { Sql } from '../../packages/database/src/connect.ts';
import { storedOf } from '../judge/evidence.ts';
import { type Circumstances, judge } from '../judge/judge.ts';
import type { Receiver } from '../support/receiver.ts';
import type { Clients } from './clients.ts';

export interface Judged {
  conversations: number;
  acknowledged: number;
  received: number;
  /** Repeated arrivals of one message id (SEND-4). */
  repeated: number;
  claims: number;
  contested: number;
  withheld: number;
  violations: string[];
}

const AT_ONCE = 100;

/** Judges each conversation: everything acknowledged against everything stored and received. */
export async function judgeAll(
  sql: Sql,
  clients: Clients,
  receiver: Receiver,
  circumstances: Circumstances,
): Promise<Judged> {
  const ids = [...clients.acknowledged.keys()];
  const sum: Judged = {
    conversations: ids.length,
    acknowledged: 0,
    received: 0,
    repeated: 0,
    claims: 0,
    contested: 0,
    withheld: 0,
    violations: receiver.forged > 0 ? ['unsigned callbacks'] : [],
  };
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const stored = await storedOf(sql, some);
    const found = new Set(stored.map(({ conversationId }) => conversationId));
    sum.violations.push(...some.filter((id) => !found.has(id)).map((id) => `[TIME-2] conversation ${id} is lost`));
    for (const one of stored) {
      const acknowledged = clients.acknowledged.get(one.conversationId) ?? [];
      const received = receiver.of(one.conversationId);
      const verdict = judge({ ...one, received, acknowledged }, circumstances);
      sum.acknowledged += acknowledged.length;
      sum.received += received.length;
      for (const what of ['repeated', 'claims', 'contested', 'withheld'] as const) sum[what] += verdict[what];
      const said = new Set(
        one.transitions.map(({ event }) => (event.type === 'replies.enabled' ? event.instruction : null)),
      );
      const lost = (clients.instructions.get(one.conversationId) ?? []).filter((instruction) => !said.has(instruction));
      sum.violations.push(
        ...verdict.violations,
        ...lost.map((instruction) => `${one.conversationId}: [TIME-2] acknowledged ${instruction} is lost`),
      );
    }
  }
  return sum;
}
