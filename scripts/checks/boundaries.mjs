import { join } from 'node:path';
import { ROOT, tool } from '../setup/places.mjs';
import { command } from './canary.mjs';

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
      // Upwards, and round in a circle.
      'packages/protocol/package.json': manifest('protocol'),
      'packages/protocol/src/index.ts':
        "import type { Run } from '../../runtime/src/index.ts';\nexport type Wire = Run;\n",
      'packages/runtime/src/index.ts':
        "import type { Wire } from '../../protocol/src/index.ts';\nimport './actor.test.ts';\nexport type Run = Wire;\n",
      'packages/runtime/src/actor.test.ts': 'export {};\n',
      'packages/runtime/package.json': manifest('runtime'),
      // Impure, undeclared, absent.
      'packages/conversation/package.json': manifest('conversation'),
      'packages/conversation/src/index.ts':
        "import 'node:fs';\nimport 'vitest';\nimport './gone.ts';\nimport './utils.ts';\nimport './lanes/index.ts';\n",
      'packages/conversation/src/utils.ts': 'export {};\n',
      'packages/conversation/src/lanes/index.ts': 'export {};\n',
      'packages/novelty/src/index.ts': "import '../../protocol/src/index.ts';\n",
      // Code where only types may pass, also from a component.
      'apps/server/src/app.ts': 'export const app = 1;\n',
      'apps/server/src/secret.ts': 'export const secret = 1;\n',
      'apps/web/src/Page.svelte':
        "<script lang=\"ts\">\n  import { app } from '../../server/src/app.ts';\n  import { secret } from '../../server/src/secret.ts';\n</script>\n\n{app}{secret}\n",
    },
    run: (cwd, env) => cruise(['packages', 'apps'], { cwd, env }),
    notices: [
      'layer:packages/protocol',
      'layer:apps/web',
      'types-only:apps/web',
      'no-cycle',
      'tests-stay-outside',
      'pure-statechart',
      'undeclared-package',
      'not-found',
      'vague-name',
      'no-barrel',
      'unplaced-package',
    ],
  },
};
