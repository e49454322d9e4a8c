import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Rejection } from '../../problems/rejection.ts';

const WINDOW_SECONDS = 10;

/** Limits requests per key. Each node counts for itself: the limit protects the node. */
export interface RateLimit {
  /** @throws Rejection `rate_limited`, with `Retry-After` */
  spend(key: string): Promise<void>;
}

/** Sustains `perSecond` requests; a burst may use ten seconds' worth. */
export function rateLimit(perSecond: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perSecond * WINDOW_SECONDS, duration: WINDOW_SECONDS });
  return {
    async spend(key) {
      try {
        await limiter.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
        throw new Rejection('rate_limited', {}, { 'Retry-After': String(seconds) });
      }
    },
  };
}
