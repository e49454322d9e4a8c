import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { CHAT_WIDGET, ROOT } from './paths.mjs';

/** Bundles the chat widget into one script for other sites: no module, no globals, nothing loaded later. */
export async function widgetBundle() {
  const bundle = await rolldown({
    input: join(ROOT, 'packages/chat-widget/src/widget.ts'),
    cwd: ROOT,
    platform: 'browser',
    onLog(level, log, handler) {
      // A missing import would fail only on a customer's page.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      handler(level, log);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, sourcemap: false });
  await bundle.close();
  return output[0].code;
}

// The build runs this file on Baton's own Node after installation.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(dirname(CHAT_WIDGET), { recursive: true });
  await writeFile(CHAT_WIDGET, await widgetBundle());
}
