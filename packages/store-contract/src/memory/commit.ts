import type { Ms, Rules } from '@baton/conversation';
import type { Delivery } from '@baton/protocol';
import type { CommitItem, Verdict } from '@baton/runtime';
import { type ConversationRow, isFenced, type MessageRow, toMessageRow } from './rows.ts';

/** The inputs of a commit verdict besides the conversation's row. */
export interface VerdictInputs {
  now: Ms;
  rules: Rules | undefined;
  /** All messages of the channel, by the provider's id. */
  inbound: ReadonlyMap<string, MessageRow>;
}

/** The verdict that prevents the commit, or null. */
export function preventingVerdict(
  item: CommitItem,
  row: ConversationRow,
  { rules, inbound }: VerdictInputs,
): Verdict | null {
  if (row.quarantined !== null || row.version !== item.expectedVersion) return { kind: 'conflict' };
  if (rules?.version !== item.rulesVersion) return { kind: 'staleRules' };
  const { ids, at } = item.leasesExpired;
  if (ids.some((id) => (row.leases[id] ?? 0) > at)) return { kind: 'conflict' };

  const duplicates = item.messages.flatMap(({ clientMessageId, externalId }) => {
    const same =
      row.messages.find((it) => clientMessageId !== null && it.message.clientMessageId === clientMessageId) ??
      (externalId === null ? undefined : inbound.get(externalId));
    return same ? [{ ...same.message, externalId: same.externalId }] : [];
  });
  if (duplicates.length > 0) return { kind: 'duplicate', messages: duplicates };

  const claimed = item.claim && (row.messages.find((it) => isClaimable(it, item.claim)) ?? null);
  if (item.claim && !claimed) return { kind: 'staleClaim' };
  if (claimed && isFenced(claimed, item.view)) return refused('a claim of another epoch');
  const replies = item.messages.filter((it) => it.author.kind === 'agent' && !it.note);
  if (replies.some((it) => isFenced(it, item.view))) return refused('an agent message of another epoch');
  if (replies.some((it) => row.messages.some((other) => it.turn === other.turn && isSendable(other)))) {
    return refused('a second agent message of one turn');
  }
  return null;
}

function refused(detail: string): Verdict {
  return { kind: 'rejected', detail };
}

function isSendable({ message }: MessageRow): boolean {
  return message.author.kind === 'agent' && message.delivery !== 'withheld';
}

/** An attempt is claimed once, after all earlier attempts and before any later one. */
function isClaimable({ message, attempts }: MessageRow, claim: CommitItem['claim']): boolean {
  const waits = message.delivery === 'queued' || message.delivery === 'uncertain';
  return message.id === claim?.messageId && waits && attempts + 1 === claim.attempt;
}

/** After a missed mark the reply in flight may have come back, so the conversation is due at once. */
function dueAt({ knownRevision, wakeAt }: CommitItem, { revision }: ConversationRow, now: Ms): Ms | null {
  return knownRevision !== null && knownRevision !== revision ? now : wakeAt;
}

/** Writes an item without a preventing verdict. */
export function apply(item: CommitItem, row: ConversationRow, now: Ms): Verdict {
  row.wakeAt = dueAt(item, row, now);
  const hadGeneration = row.view.generation?.turn ?? null;
  row.agentId = item.agentId;
  row.version = item.transitions.at(-1)?.version ?? row.version;
  row.revision += 1;
  row.snapshot = structuredClone(item.snapshot);
  row.view = item.view;
  for (const id of item.leasesEnded) delete row.leases[id];
  Object.assign(row.leases, item.leasesStarted);
  row.dueClaimedUntil = 0;
  if (hadGeneration !== (item.view.generation?.turn ?? null)) row.replyClaim = null;
  row.transitions.push(...structuredClone(item.transitions));

  const claimed = row.messages.find(({ message }) => message.id === item.claim?.messageId);
  if (claimed) startSending(claimed, row.revision, now);
  const withheld = row.messages.filter(
    (it) => it.message.author.kind === 'agent' && (isQueued(it) || it.message.retrying) && isFenced(it, item.view),
  );
  for (const it of withheld) setDelivery(it, isQueued(it) ? 'withheld' : 'uncertain', row.revision);
  for (const message of item.messages) {
    row.messages.push(toMessageRow(message, row.key.conversationId, row.revision));
  }
  return {
    kind: 'committed',
    revision: row.revision,
    withheld: withheld.map((it) => it.message),
    claimed: claimed?.message ?? null,
  };
}

const isQueued = ({ message }: MessageRow): boolean => message.delivery === 'queued';

export function startSending(row: MessageRow, revision: number, now: Ms): void {
  setDelivery(row, 'sending', revision);
  row.attempts += 1;
  row.since = now;
  row.retryAt = null;
}

/** Replaces the message instead of changing it, because callers keep the old one. */
export function setDelivery(row: MessageRow, delivery: Delivery, revision: number, retrying = false): void {
  row.message = { ...row.message, delivery, revision, retrying };
  row.mayHaveArrived ||= delivery === 'uncertain';
}
