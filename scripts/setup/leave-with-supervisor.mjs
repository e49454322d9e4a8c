// Preloaded into the development server. `node --watch` runs between the server and the supervisor and keeps its own
// `ipc` channel open, so the server would not notice a killed supervisor. This looks once a second and ends the watcher.
import { setInterval } from 'node:timers';

const supervisor = Number(process.env.BATON_SUPERVISOR);

setInterval(() => {
  try {
    process.kill(supervisor, 0);
  } catch {
    process.kill(process.ppid, 'SIGTERM');
  }
}, 1_000).unref();
