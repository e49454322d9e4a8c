import type { Ms } from '@baton/conversation';
import { type Delivery, IDEMPOTENT_CHANNELS, type Message } from '@baton/protocol';
import { type DeliveryMark, isUndelivered, type SendJob } from '@baton/runtime';
import { setDelivery, startSending } from './commit.ts';
import { type ConversationRow, isFenced, isLive, type MessageRow } from './rows.ts';

/** A message becomes uncertain after so long in `sending`, and then blocks its lane for as long again. */
const UNCERTAIN_AFTER_MS = 30_000;

/** The deliveries from which a mark applies. */
const TAKEN_FROM: Record<DeliveryMark['delivery'], readonly Delivery[]> = {
  queued: ['sending'],
  uncertain: ['sending', 'uncertain'],
  sent: ['sending', 'uncertain'],
  failed: ['sending', 'uncertain', 'sent'],
  delivered: ['sending', 'uncertain', 'sent'],
  read: ['sending', 'uncertain', 'sent', 'delivered'],
};

/** Claims the lane and gives its head, if that is due. A dead sender's message becomes uncertain first. */
export function claimHead(
  row: ConversationRow,
  now: Ms,
  worker: string,
  leaseMs: Ms,
): { job: SendJob | null; lost: MessageRow[] } {
  if (row.quarantined !== null || isLive(row.laneClaim, now)) return { job: null, lost: [] };
  const lost = row.messages.filter((it) => it.message.delivery === 'sending' && it.since + UNCERTAIN_AFTER_MS <= now);
  for (const it of lost) {
    it.since = now;
    it.retryAt = isIdempotent(row) ? now : null;
    setDelivery(it, 'uncertain', ++row.revision, mayRepeat(it, row));
  }
  return { job: takeHead(row, now, worker, leaseMs), lost };
}

function takeHead(row: ConversationRow, now: Ms, worker: string, leaseMs: Ms): SendJob | null {
  const head = row.messages.find((it) => blocks(it, row, now));
  if (!head || head.message.delivery === 'sending' || !isDue(head, now)) return null;
  if (head.message.delivery === 'uncertain' && !mayRepeat(head, row)) return null;
  row.laneClaim = { worker, until: now + leaseMs };
  const isAgents = head.message.author.kind === 'agent';
  const { attempts, mayHaveArrived } = head;
  if (!isAgents) startSending(head, ++row.revision, now);
  return {
    key: row.key,
    channelId: row.channelId,
    channelKind: row.channelKind,
    recipient: row.recipient,
    message: head.message,
    turn: isAgents ? head.turn : null,
    attempts,
    mayHaveArrived,
    claimedAt: isAgents ? null : now,
  };
}

/** Does the lane wait for this message? It waits for an uncertain one for 30 s, or as long as it may be retried. */
function blocks(it: MessageRow, row: ConversationRow, now: Ms): boolean {
  const { delivery } = it.message;
  if (delivery === 'queued' || delivery === 'sending') return true;
  return delivery === 'uncertain' && (mayRepeat(it, row) || it.since + UNCERTAIN_AFTER_MS > now);
}

function mayRepeat(it: MessageRow, row: ConversationRow): boolean {
  return it.retryAt !== null && isIdempotent(row) && !(it.message.author.kind === 'agent' && isFenced(it, row.view));
}

function isDue(it: MessageRow, now: Ms): boolean {
  return it.retryAt === null || it.retryAt <= now;
}

function isIdempotent(row: ConversationRow): boolean {
  return IDEMPOTENT_CHANNELS.includes(row.channelKind);
}

export function applyMark(mark: DeliveryMark, row: ConversationRow, now: Ms): Message | null {
  const it = row.messages.find(({ message }) => message.id === mark.messageId);
  const before = it?.message.delivery;
  const delivery = it && becomes(mark, it, row);
  if (!delivery) return null;
  it.retryAt = mark.retryAt;
  setDelivery(it, delivery, ++row.revision, delivery === 'uncertain' && mayRepeat(it, row));
  if (delivery === 'uncertain' && before !== 'uncertain') it.since = now;
  it.providerId = mark.providerId ?? it.providerId;
  if (before === 'sending') row.laneClaim = null;
  if (isUndelivered(delivery) && it.message.author.kind === 'agent') [row.wakeAt, row.dueClaimedUntil] = [now, 0];
  return it.message;
}

/** The delivery after a mark; null if nothing changes. */
function becomes(mark: DeliveryMark, it: MessageRow, row: ConversationRow): Delivery | null {
  const wanted = comesTooLate(mark, it, row) ? 'queued' : mark.delivery;
  const { delivery: before } = it.message;
  if (before === null || !TAKEN_FROM[wanted].includes(before)) return null;
  if (mark.attempt !== null && mark.attempt !== it.attempts) return null;
  return wanted === 'queued' ? queuedAgain(it, row) : wanted;
}

/** Would the mark hand over an agent message whose epoch is over? */
function comesTooLate({ delivery, attempt }: DeliveryMark, it: MessageRow, row: ConversationRow): boolean {
  return delivery === 'sent' && attempt !== null && it.message.author.kind === 'agent' && isFenced(it, row.view);
}

/** The delivery of a message that should return to its lane (SEND-4). */
function queuedAgain(it: MessageRow, row: ConversationRow): Delivery {
  if (it.mayHaveArrived) return 'uncertain';
  return it.message.author.kind === 'agent' && isFenced(it, row.view) ? 'withheld' : 'queued';
}
