// The one door to every command. Plain JavaScript without dependencies, because it must run on whatever Node (18 or
// newer) a fresh clone meets, before anything is installed.
import { Failure } from './setup/failure.mjs';

const commands = {
  start: () => import('./commands/start.mjs'),
  dev: () => import('./commands/dev.mjs'),
  build: () => import('./commands/build.mjs'),
  test: () => import('./commands/test.mjs'),
  backup: () => import('./commands/backup.mjs'),
  restore: () => import('./commands/restore.mjs'),
  bench: () => import('./commands/bench.mjs'),
  prove: () => import('./commands/prove.mjs'),
  screenshots: () => import('./commands/screenshots.mjs'),
};

const [name = '', ...args] = process.argv.slice(2);

try {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new Failure(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [NAME…]`);
  const { run } = await load();
  process.exitCode = await run(args);
} catch (error) {
  // What a person can act on is one line; anything else is our bug and shows its stack.
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
}
