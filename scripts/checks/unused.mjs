import { tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

export const unused = {
  name: 'unused',
  says: 'knip: files, exports and packages that nobody uses',
  run: (env) => command(tool('knip'), ['--no-progress'], { env }),
  canary: {
    files: {
      'package.json': JSON.stringify({ name: 'canary', main: 'main.ts', dependencies: { 'left-over': '1.0.0' } }),
      'main.ts': "import { used } from './part.ts';\n\nused();\n",
      'part.ts': 'export function used(): void {}\nexport function spare(): void {}\n',
      'forgotten.ts': 'export const nobody = 1;\n',
    },
    run: (cwd, env) => command(tool('knip'), ['--no-progress', '--directory', cwd], { cwd, env }),
    notices: ['forgotten.ts', 'spare', 'left-over'],
  },
};
