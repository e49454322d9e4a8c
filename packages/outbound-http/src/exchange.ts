import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { ForbiddenAddress } from './pinned-lookup.ts';
import type { OutboundPost } from './post.ts';
import { readCapped } from './read-capped.ts';
import type { OutboundFailureKind, OutboundResult } from './result.ts';
import { FORBIDDEN } from './target.ts';

interface Exchange extends OutboundPost {
  target: URL;
  agent: http.Agent;
  signal: AbortSignal;
}

/** One request and its answer, under one time limit. */
export async function exchange(call: Exchange): Promise<OutboundResult> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  const timer = setTimeout(onAbort, call.timeoutMs);
  call.signal.addEventListener('abort', onAbort);
  if (call.signal.aborted) stop.abort();
  try {
    const first = await attempt(call, stop.signal);
    if (first !== 'staleConnection') return first;
    // The server closed the idle connection while we reused it. It never saw the request, or it knows its id.
    const second = await attempt(call, stop.signal);
    if (second === 'staleConnection') {
      return { ok: false, kind: 'broken', detail: 'the connection broke', mayHaveArrived: true, status: null };
    }
    // The first attempt may have arrived even if the second did not.
    return second.ok ? second : { ...second, mayHaveArrived: true };
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener('abort', onAbort);
  }
}

async function attempt(call: Exchange, stop: AbortSignal): Promise<OutboundResult | 'staleConnection'> {
  const progress = { written: false, status: null as number | null };
  let request: ClientRequest | undefined;
  try {
    stop.throwIfAborted();
    request = begin(call, stop);
    const response = await headOf(request, () => (progress.written = true));
    progress.status = response.statusCode ?? 0;
    if (progress.status >= 300 && progress.status < 400) {
      response.destroy();
      const detail = `it redirects (${progress.status}), which is not followed`;
      return { ok: false, kind: 'redirect', detail, mayHaveArrived: true, status: progress.status };
    }
    const { body, truncated } = await readCapped(response, call.maxResponseBytes, call.onText);
    return { ok: true, status: progress.status, headers: response.headers, body, truncated };
  } catch (error) {
    const known = { mayHaveArrived: progress.written, status: progress.status };
    if (call.signal.aborted) return { ok: false, kind: 'aborted', detail: 'the request was cancelled', ...known };
    if (stop.aborted) return { ok: false, kind: 'timeout', detail: `no answer within ${call.timeoutMs} ms`, ...known };
    if (error instanceof ForbiddenAddress) {
      return { ok: false, kind: 'forbiddenAddress', detail: FORBIDDEN, ...known };
    }
    if (request?.reusedSocket === true && progress.status === null) return 'staleConnection';
    const kind: OutboundFailureKind = progress.written ? 'broken' : 'unreachable';
    return { ok: false, kind, detail: detailOf(error, kind), ...known };
  }
}

function begin({ target, agent, headers, body }: Exchange, signal: AbortSignal): ClientRequest {
  const payload = Buffer.from(body, 'utf8');
  const request = (target.protocol === 'https:' ? https : http).request(target, {
    method: 'POST',
    agent,
    signal,
    headers: { 'user-agent': 'Baton', ...headers, 'content-length': payload.length },
  });
  request.end(payload);
  return request;
}

/** Waits for status and headers. Calls `onWritten` once bytes may have left: from then on the outcome is unknown. */
function headOf(request: ClientRequest, onWritten: () => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('socket', (socket) => {
      if (!socket.connecting) onWritten();
      else socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', onWritten);
    });
    request.once('response', resolve);
    // Never removed: an error after the answer would crash the process.
    request.on('error', reject);
    // Some connections end without either event, for example after an unexpected upgrade.
    request.once('close', () => reject(new Error('closed without an answer')));
  });
}

function detailOf(error: unknown, kind: OutboundFailureKind): string {
  const what = kind === 'broken' ? 'the connection broke' : 'it could not be reached';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? `${what} (${code})` : what;
}
