import { nextDeadline, stateOf, view } from '@baton/conversation';
import type { Message } from '@baton/protocol';
import type { Fold } from '../decide/fold.ts';
import { type CommitItem, stateChangedAt, type Verdict } from '../ports/store.ts';
import type { Actor } from './mailbox.ts';
import { toMessage } from './wire.ts';

export type Committed = Extract<Verdict, { kind: 'committed' }>;

export function toCommitItem({ stored }: Actor, fold: Fold): CommitItem {
  const { before, after, steps } = fold;
  const { context } = after;
  const had = new Set(before.context.leases.map((lease) => lease.id));
  const has = new Set(context.leases.map((lease) => lease.id));
  const started = context.leases.filter((lease) => !had.has(lease.id));
  return {
    key: stored.key,
    expectedVersion: stored.version,
    rulesVersion: context.rules.version,
    knownRevision: context.inFlight === null ? null : stored.revision,
    agentId: context.agentId,
    snapshot: after,
    view: view(after),
    messages: fold.messages,
    transitions: steps.map(({ event, before: from, after: to }, index) => ({
      version: stored.version + index + 1,
      event,
      from: stateOf(from.value),
      to: stateOf(to.value),
      fromLeaf: from.value,
      toLeaf: to.value,
      by: event.by,
      at: event.at,
    })),
    leasesStarted: Object.fromEntries(started.map((lease) => [lease.id, lease.expiresAt])),
    leasesEnded: [...had].filter((id) => !has.has(id)),
    leasesExpired: { ids: expired(fold).filter((id) => had.has(id)), at: context.lastAt },
    claim: fold.claim,
    wakeAt: nextDeadline(after),
  };
}

/** Leases that a deadline ended. The commit is a conflict if the database has renewed one. */
function expired({ steps }: Fold): string[] {
  return steps
    .filter(({ event }) => event.type === 'deadline.passed')
    .flatMap(({ before, after }) => {
      const left = new Set(after.context.leases.map((lease) => lease.id));
      return before.context.leases.map((lease) => lease.id).filter((id) => !left.has(id));
    });
}

/** The actor after the commit, and the messages that are new or changed. */
export function afterCommit(actor: Actor, fold: Fold, item: CommitItem, { revision, withheld, claimed }: Committed) {
  const { stored } = actor;
  const leases = { ...stored.leases, ...item.leasesStarted };
  for (const id of item.leasesEnded) delete leases[id];
  const inserted = fold.messages.map((message) => toMessage(message, stored.key.conversationId, revision));
  const changed = [...withheld, ...(claimed ? [claimed] : []), ...inserted];
  const version = stored.version + fold.steps.length;
  const lastMessage = latest(stored.lastMessage, changed);
  const inFlight = changed.find(({ id }) => id === fold.after.context.inFlight?.messageId)?.delivery ?? stored.inFlight;
  const stateSince = stateChangedAt(item.transitions) ?? stored.stateSince;
  const next: Actor = {
    stored: { ...stored, version, revision, stateSince, leases, lastMessage, inFlight },
    snapshot: fold.after,
  };
  return { next, changed };
}

/** The newest message that is not a note, in its latest revision. */
export function latest(known: Message | null, changed: Message[]): Message | null {
  return changed.reduce<Message | null>((newest, message) => {
    if (message.note || (newest !== null && message.seq < newest.seq)) return newest;
    return newest?.id === message.id && newest.revision > message.revision ? newest : message;
  }, known);
}
