import { join } from 'node:path';
import { build, buildWidget } from './build.mjs';
import { install } from './install.mjs';
import { withLock } from './lock.mjs';
import { compileMessages } from './messages.mjs';
import { ROOT } from './places.mjs';

const onWait = (pid) => console.log(`Another command of this clone${pid ? ` (process ${pid})` : ''} is preparing …`);

/** Makes the clone ready. Two commands at once take turns, and the second finds the work done. */
export async function prepare({ builds }) {
  await withLock(
    join(ROOT, '.preparing'),
    async () => {
      await install();
      await compileMessages();
      await (builds ? build() : buildWidget());
    },
    { onWait },
  );
}
