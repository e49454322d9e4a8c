import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ROOT } from './places.mjs';

/** The chat widget as the one script that strangers' pages load: no module, no globals, nothing loaded later. */
export async function widgetBundle() {
  const bundle = await rolldown({
    input: join(ROOT, 'packages/chat-widget/src/widget.ts'),
    cwd: ROOT,
    platform: 'browser',
    onLog(level, log, handler) {
      // An import that cannot be found would fail at a customer's site, not here.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      handler(level, log);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, sourcemap: false });
  await bundle.close();
  return output[0].code;
}
