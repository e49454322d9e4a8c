import type { Connections } from '@baton/database';

type Sql = Connections['sql'];
type Unsafe = Sql['unsafe'];
type Statement = Parameters<Unsafe>;

/** A client that keeps what is sent through it, with its arguments, to be sent again by `replay`. */
export function recording(sql: Sql): { sql: Sql; statements: Statement[] } {
  const statements: Statement[] = [];
  const unsafe = new Proxy(sql.unsafe, {
    apply(target, self, statement: Statement) {
      statements.push(statement);
      return Reflect.apply(target, self, statement);
    },
  });
  const recorder = new Proxy(sql, {
    get: (target, name, receiver): unknown => (name === 'unsafe' ? unsafe : Reflect.get(target, name, receiver)),
  });
  return { sql: recorder, statements };
}

/** Sends recorded statements in their order, this many at a time, and nothing else. */
export async function replay(sql: Sql, statements: readonly Statement[], parallel: number): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let statement = statements[next++]; statement; statement = statements[next++]) await sql.unsafe(...statement);
  };
  await Promise.all(Array.from({ length: parallel }, work));
}
