import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNode, withNode } from './node.mjs';
import { CHAT_WIDGET, ROOT, SERVER_BUNDLE, WEB_HANDLER, tool } from './places.mjs';
import { fingerprint, isStamped, stamp } from './stamp.mjs';
import { step } from './step.mjs';

const everywhere = ['pnpm-lock.yaml', 'package.json', 'tsconfig.base.json', 'packages'];

const widget = {
  title: 'Bundling the chat widget',
  output: CHAT_WIDGET,
  inputs: [
    'pnpm-lock.yaml',
    'packages/chat-widget',
    'packages/protocol',
    'scripts/setup/bundle-widget.mjs',
    'scripts/setup/widget-bundle.mjs',
  ],
  command: () => [findNode(), [join(ROOT, 'scripts/setup/bundle-widget.mjs')], ROOT],
};

const outputs = [
  {
    title: 'Building the web app',
    output: WEB_HANDLER,
    inputs: [...everywhere, 'apps/web', 'apps/server/src/app.ts'],
    command: () => [tool('vite', 'apps/web'), ['build'], join(ROOT, 'apps/web')],
  },
  {
    title: 'Bundling the server',
    output: SERVER_BUNDLE,
    inputs: [...everywhere, 'apps/server', 'scripts/setup/bundle-server.mjs'],
    command: () => [findNode(), [join(ROOT, 'scripts/setup/bundle-server.mjs')], ROOT],
  },
  widget,
];

/** Builds what changed since its last build. Each output carries its own stamp, so none waits for another. */
export async function build() {
  const results = await Promise.allSettled(outputs.map(buildOne));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** All that development needs: Vite makes the pages and Node runs the sources, but other sites load one script. */
export const buildWidget = () => buildOne(widget);

async function buildOne({ title, output, inputs, command }) {
  const folder = dirname(output);
  const stampFile = join(folder, '.stamp');
  const wanted = fingerprint(ROOT, inputs);
  if (isStamped(stampFile, wanted) && existsSync(output)) return;
  // Gone before the build begins: an interrupted one is then never taken for a finished one.
  rmSync(stampFile, { force: true });
  const [program, args, cwd] = command();
  await step(title, program, args, { cwd, env: withNode({ ...process.env, NODE_ENV: 'production' }) });
  stamp(stampFile, wanted);
}
