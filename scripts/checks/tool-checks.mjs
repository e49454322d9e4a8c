import { join } from 'node:path';
import { run as runChild } from '../setup/child.mjs';
import { ROOT, tool } from '../setup/paths.mjs';

// Checks made of one command each. A check passes when its command does.
async function command(program, args, { env, cwd = ROOT } = {}) {
  const { code, output } = await runChild(program, args, { cwd, env });
  return { ok: code === 0, output };
}

const config = join(ROOT, '.dependency-cruiser.mjs');
const cruise = (folders, options) => command(tool('depcruise'), ['--config', config, ...folders], options);

const manifest = (name) => JSON.stringify({ name, type: 'module', dependencies: {} });

export const boundaries = {
  name: 'boundaries',
  says: 'imports point one way, without cycles',
  run: (env) => cruise(['packages', 'apps', 'e2e', 'proofs', 'test-support'], { env }),
  canary: {
    files: {
      'package.json': manifest('canary'),
      // An import that points up, and a cycle.
      'packages/protocol/package.json': manifest('protocol'),
      'packages/protocol/src/index.ts':
        "import type { Run } from '../../runtime/src/index.ts';\nexport type Wire = Run;\n",
      'packages/runtime/src/index.ts':
        "import type { Wire } from '../../protocol/src/index.ts';\nimport './actor.test.ts';\nexport type Run = Wire;\n",
      'packages/runtime/src/actor.test.ts': 'export {};\n',
      // Up from the lowest room, and into no room at all.
      'packages/runtime/src/ports/store.ts': "export * from '../actor/mailbox.ts';\n",
      'packages/runtime/src/actor/mailbox.ts': "export * from '../loose.ts';\n",
      'packages/runtime/src/loose.ts': "export * from './workers/poll.ts';\n",
      'packages/runtime/src/workers/poll.ts': 'export {};\n',
      'packages/runtime/package.json': manifest('runtime'),
      // Imports that are impure, undeclared or missing.
      'packages/conversation/package.json': manifest('conversation'),
      'packages/conversation/src/index.ts':
        "import 'node:fs';\nimport 'vitest';\nimport './gone.ts';\nimport './utils.ts';\nimport './lanes/index.ts';\n",
      'packages/conversation/src/utils.ts': 'export {};\n',
      'packages/conversation/src/lanes/index.ts': 'export {};\n',
      'packages/unlisted/src/index.ts': "import '../../protocol/src/index.ts';\n",
      // Code where only types are allowed.
      'packages/agents/package.json': manifest('agents'),
      'packages/agents/src/index.ts': "import '../../conversation/src/index.ts';\n",
      // A component that imports the server.
      'apps/server/src/app.ts': 'export const app = 1;\n',
      'apps/server/src/secret.ts': 'export const secret = 1;\n',
      'apps/web/src/Page.svelte':
        "<script lang=\"ts\">\n  import { app } from '../../server/src/app.ts';\n  import { secret } from '../../server/src/secret.ts';\n</script>\n\n{app}{secret}\n",
    },
    run: (cwd, env) => cruise(['packages', 'apps'], { cwd, env }),
    notices: [
      'layer:packages/protocol',
      'layer:apps/web',
      'types-only:packages/agents',
      'no-cycle',
      'tests-stay-outside',
      'pure-statechart',
      'undeclared-package',
      'not-found',
      'vague-name',
      'no-barrel',
      'unplaced-package',
      'unplaced-file',
      'room:packages/runtime/ports',
    ],
  },
};

const tsc = (args, options) => command(tool('tsc'), ['--pretty', 'false', ...args], options);

export const types = {
  name: 'types',
  says: 'tsc',
  async run(env) {
    const results = [];
    // The chat widget runs in browsers. The web app has its own check.
    for (const project of ['tsconfig.json', 'packages/chat-widget']) results.push(await tsc(['-p', project], { env }));
    return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') };
  },
  canary: {
    files: {
      'tsconfig.json': JSON.stringify({ extends: join(ROOT, 'tsconfig.base.json'), include: ['*.ts'] }),
      'wrong.ts': 'const list: string[] = [];\nexport const first: string = list[0];\nexport enum Kind { A }\n',
    },
    run: (cwd, env) => tsc(['-p', 'tsconfig.json'], { cwd, env }),
    // An index may find nothing, and syntax that Node cannot strip is an error.
    notices: ['TS2322', 'TS1294'],
  },
};

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

const oxlint = (args, options) => command(tool('oxlint'), ['--deny-warnings', ...args], options);

export const lint = {
  name: 'lint',
  says: 'oxlint, with types',
  run: (env) => oxlint([], { env }),
  canary: {
    files: {
      'tsconfig.json':
        '{"compilerOptions": {"strict": true, "noEmit": true, "module": "nodenext"}, "include": ["src"]}',
      'src/any.ts': 'export const loose = (value: any): string => value;\n',
      'src/floating.ts': 'async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n',
      'src/inexhaustive.ts':
        "export function name(kind: 'a' | 'b'): string {\n  switch (kind) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}\n",
      'src/barrel.ts': "export * from './any.ts';\n",
      'src/long.ts': `export const one = 1;\n${'// line\n'.repeat(300)}`,
      'src/skipped.test.ts': "import { expect, it } from 'vitest';\nit.skip('waits', () => expect(1).toBe(1));\n",
    },
    run: (cwd, env) => oxlint(['-c', join(ROOT, '.oxlintrc.json'), 'src'], { cwd, env }),
    notices: [
      'no-explicit-any',
      'no-floating-promises',
      'switch-exhaustiveness-check',
      'no-barrel-file',
      'max-lines',
      'no-disabled-tests',
    ],
  },
};

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

export const unused = {
  name: 'unused',
  says: 'knip: unused files, exports and packages',
  run: (env) => command(tool('knip'), ['--no-progress'], { env }),
  canary: {
    files: {
      'package.json': JSON.stringify({ name: 'canary', main: 'main.ts', dependencies: { 'left-over': '1.0.0' } }),
      'main.ts': "import { used } from './part.ts';\n\nused();\n",
      'part.ts': 'export function used(): void {}\nexport function spare(): void {}\n',
      'forgotten.ts': 'export const unused = 1;\n',
    },
    run: (cwd, env) => command(tool('knip'), ['--no-progress', '--directory', cwd], { cwd, env }),
    notices: ['forgotten.ts', 'spare', 'left-over'],
  },
};
