import type { DemoAccount } from '@baton/protocol';
import type { TrustedProxies } from './middleware/client-address.ts';

/** What of the environment the HTTP side goes by. */
export interface ServerConfig {
  /** Origin that users see, without a path: `https://inbox.example.com`. Https makes cookies `Secure`. */
  publicUrl: string;
  /** Web origins that may send unsafe requests with a cookie: `publicUrl` and, for a loopback one, its other names. */
  trustedOrigins: string[];
  /** Reverse proxies before this server: behind them, visitors are told apart by what they say. */
  trustedProxies: TrustedProxies;
  /** Webhooks and agents may call loopback and private addresses. */
  allowPrivateNetwork: boolean;
  /** Shown on the sign-in page; empty without the demo. */
  demoAccounts: DemoAccount[];
  /** Opens `GET /metrics` to others than loopback. */
  metricsToken: string | null;
  limits: RequestLimits;
  /** After so long without an answer a request is refused for now. Default 10 000. */
  longestAnswerMs?: number;
}

/** Requests per second that a caller may keep up; ten seconds' worth may come at once. */
export interface RequestLimits {
  /** Per teammate or API key. */
  perCaller: number;
  /** Per channel, by its inbound secret. */
  perChannel: number;
  /** Per address, for what needs no credential: visitors, set-up. */
  perAddress: number;
}

export const DEFAULT_LIMITS: RequestLimits = { perCaller: 200, perChannel: 5_000, perAddress: 5 };

/** `publicUrl`, and the names that the same loopback server also goes by in an address bar. */
export function trustedOrigins(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  if (!names.includes(url.hostname)) return [url.origin];
  return names.map((name) => Object.assign(new URL(url.origin), { hostname: name }).origin);
}
