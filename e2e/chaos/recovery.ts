import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import type { ActiveFaults } from './active-faults.ts';

/** Work that a process has claimed, by its worker name in the lanes. */
export interface Held {
  worker: string;
  lanes: number;
}

/** Times each recovery in seconds. It counts only if no other fault was active. */
export class Recovery {
  readonly afterNodeDeath: number[] = [];
  readonly afterDatabaseBack: number[] = [];
  readonly #sql: Sql;
  readonly #databaseUrl: string;
  readonly #write: () => Promise<void>;
  readonly #activeFaults: ActiveFaults;

  /** `write` resolves when a message is acknowledged. */
  constructor(sql: Sql, databaseUrl: string, write: () => Promise<void>, activeFaults: ActiveFaults) {
    this.#sql = sql;
    this.#databaseUrl = databaseUrl;
    this.#write = write;
    this.#activeFaults = activeFaults;
  }

  /** The work that a process has claimed. Null if the database is away or the process has none. */
  async heldBy(pid: number): Promise<Held | null> {
    try {
      const like = `% ${pid} %`;
      const sql = this.#sql;
      const [row] = await sql<{ worker: string; lanes: number }[]>`
        select worker, count(*)::int as lanes from lanes cross join lateral (values (reply_worker), (send_worker)) as at_work(worker)
        where worker like ${like} group by 1 limit 1`;
      return row ?? null;
    } catch {
      return null;
    }
  }

  /**
   * Waits until all work of a dead process is claimed by another or done. Messages being sent are not counted: their
   * outcome stays unknown for 30 s (SEND-4).
   */
  async untilTaken({ worker }: Held): Promise<void> {
    const began = performance.now();
    const isAlone = this.#activeFaults.alone();
    const sql = this.#sql;
    while (performance.now() - began < 20_000) {
      try {
        const left = await sql`
          select from lanes l where (reply_at is not null and reply_worker = ${worker})
            or (send_at is not null and send_worker = ${worker} and not exists (
              select from messages m where m.workspace_id = l.workspace_id and m.conversation_id = l.conversation_id
                and m.seq = l.send_seq and m.delivery = 'sending')) limit 1`;
        if (left.length === 0) break;
      } catch {
        return;
      }
      await pause(50);
    }
    // The restart of the node itself is part of the same fault.
    if (isAlone()) this.afterNodeDeath.push((performance.now() - began) / 1000);
  }

  /** Waits until the database accepts connections, then times the first acknowledged message. */
  async untilWritable(): Promise<void> {
    const isAlone = this.#activeFaults.alone();
    const client = openClient(this.#databaseUrl, { max: 1 });
    try {
      for (let isBack = false; !isBack;) {
        await pause(20);
        isBack = await client`select 1`.then(
          () => true,
          () => false,
        );
      }
      const back = performance.now();
      await this.#write();
      if (isAlone()) this.afterDatabaseBack.push((performance.now() - back) / 1000);
    } finally {
      await client.end({ timeout: 1 });
    }
  }
}
