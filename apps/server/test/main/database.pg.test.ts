import { createTestDatabase } from '../../../../packages/database/src/testing/test-database.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { Line } from '../../../../test-support/line.ts';
import { openDatabase } from '../../src/process/database.ts';

test('[TIME-2] what starting needs of the database is asked again until it is back', async () => {
  const { url, drop } = await createTestDatabase();
  const line = await Line.to(url);
  const said: string[] = [];
  const log = { write: (entry: string) => void said.push(String(JSON.parse(entry).msg)) };
  const database = await openDatabase({
    config: { databaseUrl: line.through(url), dataDir: '', root: '' },
    logger: pino({}, log),
    signal: new AbortController().signal,
    onLost: () => {},
  });
  onTestFinished(async () => {
    await database.close();
    await line.close();
    await drop();
  });

  await database.sql`select 'connected'`;
  let tries = 0;
  const [answer] = await database.reach(async () => {
    tries += 1;
    if (tries > 1) line.mend();
    const asked = database.sql`select 42 as number`.execute();
    if (tries === 1) line.cut();
    return await asked;
  });
  expect(answer).toEqual({ number: 42 });
  expect(said).toEqual(['reaching the database: failing; retrying', 'reaching the database: works again']);
  await expect(database.reach(() => database.sql`select no_such_thing`)).rejects.toThrow(/no_such_thing/);
});
