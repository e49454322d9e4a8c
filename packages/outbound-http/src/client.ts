import http from 'node:http';
import https from 'node:https';
import { exchange } from './exchange.ts';
import { pinnedLookup, resolveWithSystem, type Resolve } from './pinned-lookup.ts';
import type { OutboundPost } from './post.ts';
import type { OutboundResult } from './result.ts';
import { parseTarget } from './target.ts';

/** Calls untrusted addresses. Failures of address and network are results, never exceptions. */
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
 * The number of concurrent deliveries, so that no claimed message waits for a connection. The workers' slots limit the
 * total over all hosts.
 */
const MAX_SOCKETS_PER_HOST = 256;

export function createOutboundClient(options: OutboundOptions): OutboundClient {
  const { allowPrivateNetwork, resolve = resolveWithSystem } = options;
  const pool = {
    keepAlive: true,
    // Most servers close an idle connection after 5 s.
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
