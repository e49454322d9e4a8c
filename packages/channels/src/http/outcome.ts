import type { OutboundFailure, OutboundResponse, OutboundResult } from '@baton/outbound-http';
import { externalId, type SendOutcome } from '@baton/protocol';
import { z } from 'zod';
import { retryAfterMs } from './retry-after.ts';

/** These statuses reject the moment, not the message: it did not arrive, and is sent again. */
const RETRYABLE = new Set([408, 425, 429]);

const receipt = z.object({ externalId });

/** Reads the outcome of a send from the answer to the callback, or from its absence. */
export function outcomeOf(result: OutboundResult, now: number): SendOutcome {
  return result.ok ? outcomeOfAnswer(result, now) : outcomeOfFailure(result);
}

function outcomeOfAnswer({ status, headers, body }: OutboundResponse, now: number): SendOutcome {
  if (isSuccess(status)) return { kind: 'sent', providerId: providerIdIn(body) };
  const error = `the callback answered with status ${status}`;
  const isRetryable = RETRYABLE.has(status);
  if (status >= 400 && status < 500 && !isRetryable) return { kind: 'failed', error };
  // A server may fail after it has taken the message.
  return {
    kind: 'retry',
    error,
    retryAfterMs: retryAfterMs(headers['retry-after'], now),
    mayHaveArrived: !isRetryable,
  };
}

function outcomeOfFailure({ kind, detail, mayHaveArrived, status }: OutboundFailure): SendOutcome {
  // The status is the answer, even if the body never came.
  if (status !== null && isSuccess(status)) return { kind: 'sent', providerId: null };
  const error = `the callback failed: ${detail}`;
  if (kind === 'badUrl' || kind === 'forbiddenAddress') return { kind: 'failed', error };
  return { kind: 'retry', error, retryAfterMs: null, mayHaveArrived };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** `{externalId}` in the answer is the receiver's id of the message, which identifies an echo. */
function providerIdIn(body: string): string | null {
  // Most answers are empty: an exception for each would cost more than the rest.
  if (body === '') return null;
  try {
    return receipt.safeParse(JSON.parse(body)).data?.externalId ?? null;
  } catch {
    return null;
  }
}
