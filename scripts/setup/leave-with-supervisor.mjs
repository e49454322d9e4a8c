// Preloaded into the development server. `node --watch` stands between it and the supervisor and keeps its own `ipc`
// channel open, so a killed supervisor would go unnoticed: this asks once a second, and ends the watcher.
import { setInterval } from 'node:timers';

const supervisor = Number(process.env.BATON_SUPERVISOR);

setInterval(() => {
  try {
    process.kill(supervisor, 0);
  } catch {
    process.kill(process.ppid, 'SIGTERM');
  }
}, 1_000).unref();
