import { build } from '../setup/build.mjs';

export const buildCheck = {
  name: 'build',
  says: 'the web app and the server can be built',
  async run() {
    await build();
    return { ok: true, output: '' };
  },
};
