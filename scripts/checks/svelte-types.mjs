import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

const web = join(ROOT, 'apps/web');

const svelteCheck = (args, options) =>
  command(tool('svelte-check', 'apps/web'), ['--fail-on-warnings', '--output', 'human', ...args], options);

export const svelteTypes = {
  name: 'svelte-types',
  says: 'svelte-check',
  async run(env) {
    const sync = await command(tool('svelte-kit', 'apps/web'), ['sync'], { cwd: web, env });
    return sync.ok ? svelteCheck(['--tsconfig', './tsconfig.json'], { cwd: web, env }) : sync;
  },
  canary: {
    files: {
      'tsconfig.json': JSON.stringify({
        compilerOptions: { strict: true, noEmit: true, types: [] },
        include: ['*.svelte'],
      }),
      'Wrong.svelte':
        '<script lang="ts">\n  let count: number = $state("one");\n</script>\n\n<img src="a.png">{count}\n',
    },
    run: (cwd, env) => svelteCheck(['--workspace', cwd, '--tsconfig', join(cwd, 'tsconfig.json')], { cwd, env }),
    notices: ["is not assignable to type 'number'", 'alt'],
  },
};
