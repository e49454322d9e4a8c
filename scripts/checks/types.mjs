import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

const tsc = (args, options) => command(tool('tsc'), ['--pretty', 'false', ...args], options);

export const types = {
  name: 'types',
  says: 'tsc',
  async run(env) {
    const results = [];
    // The second one runs in browsers; the web app has a check of its own.
    for (const project of ['tsconfig.json', 'packages/chat-widget']) results.push(await tsc(['-p', project], { env }));
    return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') };
  },
  canary: {
    files: {
      'tsconfig.json': JSON.stringify({ extends: join(ROOT, 'tsconfig.base.json'), include: ['*.ts'] }),
      'wrong.ts': 'const list: string[] = [];\nexport const first: string = list[0];\nexport enum Kind { A }\n',
    },
    run: (cwd, env) => tsc(['-p', 'tsconfig.json'], { cwd, env }),
    // An index may find nothing, and what Node cannot strip is refused.
    notices: ['TS2322', 'TS1294'],
  },
};
