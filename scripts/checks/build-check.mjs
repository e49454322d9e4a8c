import { build } from '../setup/build.mjs';

export const buildCheck = {
  name: 'build',
  says: 'the web app, the server and the chat widget can be built',
  async run() {
    await build();
    return { ok: true, output: '' };
  },
};
