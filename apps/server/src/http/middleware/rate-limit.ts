import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../refusal.ts';

const WINDOW_SECONDS = 10;

/** Counts requests under a key and refuses what is too much. Per node: it protects the node. */
export interface RequestRate {
  /** @throws Refusal `rate_limited`, with `Retry-After` */
  spend(key: string): Promise<void>;
}

/** `perSecond` may be kept up; ten seconds' worth may come at once. */
export function requestRate(perSecond: number): RequestRate {
  const limiter = new RateLimiterMemory({ points: perSecond * WINDOW_SECONDS, duration: WINDOW_SECONDS });
  return {
    async spend(key) {
      try {
        await limiter.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
        throw new Refusal('rate_limited', {}, { 'Retry-After': String(seconds) });
      }
    },
  };
}
