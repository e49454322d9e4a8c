import type { OutboundFailure, OutboundResponse, OutboundResult } from '@baton/outbound-http';
import { externalId, type SendOutcome } from '@baton/protocol';
import { z } from 'zod';
import { retryAfterMs } from './retry-after.ts';

/** Refusals that name a moment, not the message: it was not taken, and may be offered again. */
const NOT_NOW = new Set([408, 425, 429]);

const receipt = z.object({ externalId });

/** What an answer to a callback, or its absence, says about the message. */
export function outcomeOf(result: OutboundResult, now: number): SendOutcome {
  return result.ok ? outcomeOfAnswer(result, now) : outcomeOfFailure(result);
}

function outcomeOfAnswer({ status, headers, body }: OutboundResponse, now: number): SendOutcome {
  if (isSuccess(status)) return { kind: 'sent', providerId: providerIdIn(body) };
  const error = `the callback answered with status ${status}`;
  const notNow = NOT_NOW.has(status);
  if (status >= 400 && status < 500 && !notNow) return { kind: 'failed', error };
  // A server that broke may have broken after taking the message.
  return {
    kind: 'retry',
    error,
    retryAfterMs: retryAfterMs(headers['retry-after'], now),
    mayHaveArrived: !notNow,
  };
}

function outcomeOfFailure({ kind, detail, mayHaveArrived, status }: OutboundFailure): SendOutcome {
  // The status is the answer; that its body never came takes nothing back.
  if (status !== null && isSuccess(status)) return { kind: 'sent', providerId: null };
  const error = `the callback did not take it: ${detail}`;
  if (kind === 'badUrl' || kind === 'forbiddenAddress') return { kind: 'failed', error };
  return { kind: 'retry', error, retryAfterMs: null, mayHaveArrived };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** `{externalId}` in the answer is the receiver's own id of the message; by it an echo is recognised. */
function providerIdIn(body: string): string | null {
  // Most answers say nothing; an error that is thrown for each of them would cost more than the rest of the answer.
  if (body === '') return null;
  try {
    return receipt.safeParse(JSON.parse(body)).data?.externalId ?? null;
  } catch {
    return null;
  }
}
