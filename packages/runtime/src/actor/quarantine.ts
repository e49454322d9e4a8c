import type { Outcome } from '../decide/commands.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Report } from '../ports/report.ts';
import type { ConversationKey, Store } from '../ports/store.ts';
import { UNAVAILABLE } from './answers.ts';
import type { QueuedCommand } from './mailbox.ts';

export interface QuarantinePorts {
  store: Store;
  publisher: Pick<Publisher, 'delivered'>;
  report: Report;
}

/** Quarantines a conversation that failed twice, so that it cannot harm others. Gives the answer to its commands. */
export async function quarantine(
  { store, publisher, report }: QuarantinePorts,
  key: ConversationKey,
  failed: QueuedCommand | undefined,
  error: unknown,
): Promise<Outcome> {
  const type = failed?.command.type ?? 'nothing';
  report({ what: `quarantined: failed on ${type}`, key, error, isQuarantine: true });
  try {
    await store.quarantine(key, `${type}: ${String(error)}`);
  } catch (failure) {
    report({ what: 'could not be quarantined', key, error: failure });
    return UNAVAILABLE;
  }
  // Makes lists read the conversation again.
  publisher.delivered(key, []);
  return { ok: false, code: 'quarantined' };
}
