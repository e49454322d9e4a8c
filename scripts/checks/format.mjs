import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

const oxfmt = (args, options) => command(tool('oxfmt'), ['--check', ...args], options);

export const format = {
  name: 'format',
  says: 'every file is formatted (npm run format)',
  run: (env) => oxfmt([], { env }),
  canary: {
    files: { 'untidy.ts': 'export const  a = "b" ', 'Untidy.svelte': '<script>let  a="b"</script><p   >{a}</p>' },
    run: (cwd, env) => oxfmt(['-c', join(ROOT, '.oxfmtrc.json'), '.'], { cwd, env }),
    notices: ['untidy.ts', 'Untidy.svelte'],
  },
};
