import http from 'node:http';
import https from 'node:https';
import { exchange } from './exchange.ts';
import { pinnedLookup, resolveWithSystem, type Resolve } from './pinned-lookup.ts';
import type { OutboundPost } from './post.ts';
import type { OutboundResult } from './result.ts';
import { parseTarget } from './target.ts';

/** Calls addresses that strangers typed in. Never throws for what an address or a network can do. */
export interface OutboundClient {
  post(request: OutboundPost, signal: AbortSignal): Promise<OutboundResult>;
  /** Closes idle and busy connections. */
  close(): void;
}

export interface OutboundOptions {
  /** `ALLOW_PRIVATE_NETWORK`: loopback and private addresses too. Cloud metadata never. */
  allowPrivateNetwork: boolean;
  resolve?: Resolve;
}

/**
 * As many as there are deliveries at once, so that none waits for a connection once its message is claimed. How many there are
 * of all hosts is bounded by the workers' slots.
 */
const MAX_SOCKETS_PER_HOST = 256;

export function createOutboundClient(options: OutboundOptions): OutboundClient {
  const { allowPrivateNetwork, resolve = resolveWithSystem } = options;
  const pool = {
    keepAlive: true,
    // Below the 5 s after which most servers close an idle connection.
    timeout: 4_000,
    maxSockets: MAX_SOCKETS_PER_HOST,
    lookup: pinnedLookup(resolve, allowPrivateNetwork),
  };
  const plain = new http.Agent(pool);
  const secure = new https.Agent(pool);

  return {
    async post(request, signal) {
      const target = parseTarget(request.url, allowPrivateNetwork);
      if (!target.ok) {
        return { ok: false, kind: target.kind, detail: target.detail, mayHaveArrived: false, status: null };
      }
      const agent = target.url.protocol === 'https:' ? secure : plain;
      return exchange({ ...request, target: target.url, agent, signal });
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
