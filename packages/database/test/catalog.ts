import type { Sql } from '../src/connect.ts';

/** The definitions of all tables, columns, constraints, indexes, triggers and functions of a database, in a stable order. */
export async function readCatalog(sql: Sql): Promise<string[]> {
  const rows = await sql<{ definition: string }[]>`
    with tables as (
      select oid, relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations'
    )
    select concat_ws(' ', t.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
      pg_get_expr(d.adbin, d.adrelid)) as definition
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
    union all
    select concat_ws(' ', t.relname, c.conname, pg_get_constraintdef(c.oid)) from tables t join pg_constraint c on c.conrelid = t.oid
    where c.contype <> 'n'
    union all
    select concat_ws(' ', pg_get_indexdef(i.indexrelid), r.reloptions::text)
    from tables t join pg_index i on i.indrelid = t.oid join pg_class r on r.oid = i.indexrelid
    order by 1`;
  return rows.map(({ definition }) => definition);
}

/** The parts that Drizzle's schema cannot express: triggers, functions (without comments and messages) and storage settings. */
export async function readFence(sql: Sql): Promise<string[]> {
  const rows = await sql<{ definition: string }[]>`
    select pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal
    union all
    select proname || regexp_replace(prosrc, '--[^\n]*|raise exception ''[^'']*''|[[:space:]]+', '', 'g') from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select concat_ws(' ', relname, reloptions::text) from pg_class
    where relnamespace = 'public'::regnamespace and reloptions is not null
    order by 1`;
  return rows.map(({ definition }) => definition);
}
