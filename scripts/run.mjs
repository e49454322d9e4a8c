// The entry of every command. It is plain JavaScript without dependencies, because it must run on any Node from 18 on,
// before anything is installed.
import { backup, bench, buildAll, dev, generate, prove, restore, screenshots, start, test } from './commands.mjs';
import { Failure } from './setup/child.mjs';

const commands = { start, dev, build: buildAll, test, generate, backup, restore, bench, prove, screenshots };

const [name = '', ...args] = process.argv.slice(2);

try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Failure(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [NAME…]`);
  process.exitCode = await command(args);
} catch (error) {
  // A `Failure` is for the person at the terminal: one line. Anything else is our bug and shows its stack.
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
}
