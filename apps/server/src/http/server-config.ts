import type { DemoAccount } from '@baton/protocol';
import type { TrustedProxies } from './middleware/client-address.ts';

/** Settings of the HTTP side, from the environment. */
export interface ServerConfig {
  /** Origin that users see, without a path: `https://inbox.example.com`. Https makes cookies `Secure`. */
  publicUrl: string;
  /** Web origins that may send unsafe requests with a cookie: `publicUrl` and, for a loopback one, its other names. */
  trustedOrigins: string[];
  /** Reverse proxies in front of this server, whose `X-Forwarded-For` names the client. */
  trustedProxies: TrustedProxies;
  /** Webhooks and agents may call loopback and private addresses. */
  allowPrivateNetwork: boolean;
  /** Shown on the sign-in page; empty without the demo. */
  demoAccounts: DemoAccount[];
  /** Bearer token for `GET /metrics` from other machines. */
  metricsToken: string | null;
  limits: RequestLimits;
  /** Requests without an answer after this time get `unavailable`. Default 10 000. */
  longestAnswerMs?: number;
}

/** Sustained requests per second; a burst may use ten seconds' worth. */
export interface RequestLimits {
  /** Per teammate or API key. */
  perCaller: number;
  /** Per channel, by its inbound secret. */
  perChannel: number;
  /** Per address, for routes without a credential: visitors, setup. */
  perAddress: number;
}

export const DEFAULT_LIMITS: RequestLimits = { perCaller: 200, perChannel: 5_000, perAddress: 5 };

/** The origin of `publicUrl`; for a loopback server also its other names. */
export function trustedOrigins(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  if (!names.includes(url.hostname)) return [url.origin];
  return names.map((name) => Object.assign(new URL(url.origin), { hostname: name }).origin);
}
