import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

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
