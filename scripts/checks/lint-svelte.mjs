import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

const eslint = (args, options) => command(tool('eslint'), ['--max-warnings=0', ...args], options);

export const lintSvelte = {
  name: 'lint-svelte',
  says: 'eslint, on Svelte components',
  run: (env) => eslint(['.'], { env }),
  canary: {
    files: {
      'apps/web/src/Unsafe.svelte':
        '<script lang="ts">\n  let { text, rows }: { text: string; rows: any[] } = $props();\n</script>\n\n{@html text}\n{#each rows as row}<p>{row}</p>{/each}\n',
      'apps/web/src/Long.svelte': '<p>line</p>\n'.repeat(301),
    },
    run: (cwd, env) => eslint(['-c', join(ROOT, 'eslint.config.mjs'), 'apps'], { cwd, env }),
    notices: ['svelte/no-at-html-tags', 'svelte/require-each-key', 'no-explicit-any', 'max-lines'],
  },
};
