import { setTimeout as pause } from 'node:timers/promises';
import { openClient, type Sql } from '../../packages/database/src/connect.ts';
import type { Disturbances } from './disturbances.ts';

/** Work in the hands of a process, by its mark in the lanes. */
export interface Held {
  worker: string;
  lanes: number;
}

/** Seconds that it took, each time, for service to be whole again. Counted only where nothing else was wrong. */
export class Recovery {
  readonly afterNodeDeath: number[] = [];
  readonly afterDatabaseBack: number[] = [];
  readonly #sql: Sql;
  readonly #databaseUrl: string;
  readonly #write: () => Promise<void>;
  readonly #disturbances: Disturbances;

  /** `write` resolves when a message is acknowledged. */
  constructor(sql: Sql, databaseUrl: string, write: () => Promise<void>, disturbances: Disturbances) {
    this.#sql = sql;
    this.#databaseUrl = databaseUrl;
    this.#write = write;
    this.#disturbances = disturbances;
  }

  /** What a process has taken on. Null if the database cannot be asked, or it has nothing. */
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
   * Until all that a dead process had in hand is another's, or done. What it had at a channel is of unknown outcome for 30 s
   * whoever looks (SEND-4), and not counted here.
   */
  async untilTaken({ worker }: Held): Promise<void> {
    const began = performance.now();
    const isAlone = this.#disturbances.alone();
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
    // Its own return is the only thing that may have happened meanwhile.
    if (isAlone()) this.afterNodeDeath.push((performance.now() - began) / 1000);
  }

  /** Until the database takes connections, and from then on until a message is acknowledged. */
  async untilWritable(): Promise<void> {
    const isAlone = this.#disturbances.alone();
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
