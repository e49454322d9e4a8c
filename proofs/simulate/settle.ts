import type { World } from './world.ts';
import { drained } from './kernel.ts';
import type { ConversationRow } from './rows.ts';

/** Longer than all deadlines, leases, backoffs and lane blocks together. */
const MAX_MS = 600_000;
const MAX_STEPS = 20_000;

/** Ends all faults and lets time pass, so that all pending work must complete. */
export async function settle(world: World): Promise<void> {
  const { kernel, nodes, clients, store, keys, observer } = world;
  kernel.thaw();
  if (nodes.every((node) => node === null)) world.start();
  const until = kernel.now + MAX_MS;
  let steps = 0;
  while (kernel.now < until && observer.broken === null) {
    for (let [it] = kernel.pending; it; [it] = kernel.pending) {
      kernel.take(it, it.hows[0]);
      await drained();
      steps += 1;
      if (steps > MAX_STEPS) return observer.breaks('[TIME-1] the workers never come to rest');
    }
    const isCalm = clients.unanswered === 0 && keys.every((key) => hasSettled(store.row(key)));
    if (isCalm) return;
    kernel.pass(Math.max(1, Math.ceil(kernel.untilNext() ?? 1_000)));
  }
}

function hasSettled({ wakeAt, view, messages, channelKind, snapshot }: ConversationRow): boolean {
  const isUnderWay = messages.some(({ message, retryAt, epoch }) => {
    if (snapshot.context.rules.paused && message.author.kind === 'agent' && message.delivery !== 'sending')
      return false;
    if (message.delivery === 'queued' || message.delivery === 'sending') return true;
    const mayRepeat = message.author.kind !== 'agent' || epoch === view.agentEpoch;
    return message.delivery === 'uncertain' && channelKind === 'http' && retryAt !== null && mayRepeat;
  });
  return wakeAt === null && view.generation === null && !isUnderWay;
}
