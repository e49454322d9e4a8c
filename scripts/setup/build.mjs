import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { step } from './child.mjs';
import { findNode, withNode } from './node.mjs';
import { CHAT_WIDGET, MESSAGES, ROOT, SERVER_BUNDLE, WEB_HANDLER, tool } from './paths.mjs';
import { fingerprint, isStamped, stamp } from './stamp.mjs';

const everywhere = ['pnpm-lock.yaml', 'package.json', 'tsconfig.base.json', 'packages'];

const widget = {
  title: 'Bundling the chat widget',
  output: CHAT_WIDGET,
  inputs: ['pnpm-lock.yaml', 'packages/chat-widget', 'packages/protocol', 'scripts/setup/bundle-widget.mjs'],
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

/** Builds each output whose inputs changed. Each output has its own stamp, so they build side by side. */
export async function build() {
  const results = await Promise.allSettled(outputs.map(buildOne));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** The only build that development needs: Vite serves the pages, Node runs the sources, other sites load this script. */
export const buildWidget = () => buildOne(widget);

async function buildOne({ title, output, inputs, command }) {
  const folder = dirname(output);
  const stampFile = join(folder, '.stamp');
  const wanted = fingerprint(ROOT, inputs);
  if (isStamped(stampFile, wanted) && existsSync(output)) return;
  // Removed before the build starts, so that an interrupted build never counts as finished.
  rmSync(stampFile, { force: true });
  const [program, args, cwd] = command();
  await step(title, program, args, { cwd, env: withNode({ ...process.env, NODE_ENV: 'production' }) });
  stamp(stampFile, wanted);
}

const MESSAGE_INPUTS = [
  'pnpm-lock.yaml',
  'apps/web/messages',
  'apps/web/project.inlang/settings.json',
  'apps/web/project.inlang/paraglide.config.js',
];
// Outside the folder of compiled messages, because Vite empties that folder when it compiles.
const MESSAGE_STAMP = join(ROOT, 'apps/web/.svelte-kit/.messages');

/** Compiles the web app's texts to functions. Its types, tests and build need them. */
export async function compileMessages() {
  const wanted = fingerprint(ROOT, MESSAGE_INPUTS);
  if (isStamped(MESSAGE_STAMP, wanted) && existsSync(MESSAGES)) return;
  rmSync(MESSAGE_STAMP, { force: true });
  const args = ['compile', '--project', './project.inlang'];
  await step('Compiling the messages', tool('paraglide-js', 'apps/web'), args, {
    cwd: join(ROOT, 'apps/web'),
    env: withNode({ ...process.env }),
  });
  stamp(MESSAGE_STAMP, wanted);
}
