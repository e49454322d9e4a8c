import type { Ms } from '@baton/conversation';
import { IDEMPOTENT_CHANNELS, type SendOutcome } from '@baton/protocol';
import type { ClaimedAttempt, DeliveryMark, SendJob } from '../ports/store.ts';

const MAX_ATTEMPTS = 30;
const MAX_AGE_MS = 24 * 3_600_000;

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;
/** A channel may ask for a longer delay, up to this. */
const MAX_ASKED_DELAY_MS = 3_600_000;

/** The mark for the outcome of one attempt to send. `random` is from 0 to 1, for jitter. */
export function toMark(job: SendJob, outcome: SendOutcome, now: Ms, random: () => number): DeliveryMark {
  const base = baseOf(job);
  const up = { ...base, isChannelUp: true };
  switch (outcome.kind) {
    case 'sent':
      return { ...up, delivery: 'sent', attempt: null, providerId: outcome.providerId };
    case 'listed':
      return { ...up, delivery: 'sent' };
    case 'failed':
      // The rejection may only mean that an earlier attempt has arrived.
      return { ...up, delivery: job.mayHaveArrived ? 'uncertain' : 'failed', error: outcome.error };
    case 'retry': {
      const { error } = outcome;
      const mayHaveArrived = outcome.mayHaveArrived || job.mayHaveArrived;
      const isExhausted = job.attempts + 1 >= MAX_ATTEMPTS || now - Date.parse(job.message.createdAt) > MAX_AGE_MS;
      const mayRepeat = !mayHaveArrived || IDEMPOTENT_CHANNELS.includes(job.channelKind);
      const down = { ...base, isChannelUp: false, error };
      if (isExhausted || !mayRepeat) return { ...down, delivery: mayHaveArrived ? 'uncertain' : 'failed' };
      const retryAt = now + backoffMs(job.attempts, outcome.retryAfterMs, random);
      return { ...down, delivery: mayHaveArrived ? 'uncertain' : 'queued', retryAt };
    }
    case 'unasked': {
      const { error } = outcome;
      return { ...base, delivery: job.mayHaveArrived ? 'uncertain' : 'queued', retryAt: now, error };
    }
  }
}

/** For an outcome that stays unknown: the conversation has moved on, so the message is not sent again automatically. */
export function toGaveUpMark(job: SendJob): DeliveryMark {
  return { ...baseOf(job), attempt: job.attempts, delivery: 'uncertain' };
}

export function attemptOf({ message, attempts }: SendJob): ClaimedAttempt {
  return { messageId: message.id, attempt: attempts + 1 };
}

function baseOf(job: SendJob) {
  return { key: job.key, ...attemptOf(job), retryAt: null, isChannelUp: null, providerId: null, error: null };
}

/** Doubles from 1 s to 5 min with ±20 % jitter, or follows the channel if it asks for longer. */
export function backoffMs(attemptsBefore: number, askedMs: Ms | null, random: () => number): Ms {
  const grown = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attemptsBefore);
  const jittered = Math.round(grown * (0.8 + 0.4 * random()));
  return Math.max(jittered, Math.min(askedMs ?? 0, MAX_ASKED_DELAY_MS));
}
