import type { Ms } from '@baton/conversation';
import type { Command, Outcome } from '../decide/commands.ts';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import { pause, type Scheduler } from '../ports/scheduler.ts';
import type { ConversationKey } from '../ports/store.ts';

const AWAY_MS = 500;

/** Dispatches what must not be lost because the database is away for a moment: again and again, for `forMs`. */
export async function insist(
  { runtime, scheduler }: { runtime: ConversationRuntime; scheduler: Scheduler },
  key: ConversationKey,
  command: Command,
  forMs: Ms,
): Promise<Outcome> {
  for (let waited = 0; ; waited += AWAY_MS) {
    const outcome = await runtime.dispatch(key, command);
    const isAway = !outcome.ok && outcome.code === 'unavailable';
    if (!isAway || waited >= forMs) return outcome;
    await pause(scheduler, AWAY_MS);
  }
}
