import { signatureHeaders, type OutboundClient, type OutboundFailure } from '@baton/outbound-http';
import type { Reply, ReplyRequest } from '@baton/protocol';
import type { AgentBackend } from '../backend.ts';
import { AgentError, type AgentFailure } from '../failure.ts';
import { readAnswer } from './read-answer.ts';
import { DeltaReader, lastLine } from './read-stream.ts';

export interface WebhookConfig {
  url: string;
  /** Signs each call by the Standard Webhooks scheme; any text, or the scheme's own `whsec_` form. */
  secret?: string | undefined;
  timeoutSeconds?: number | undefined;
}

interface WebhookDeps {
  http: OutboundClient;
  /** Milliseconds since 1970, for the signature's time. */
  now: () => number;
}

const DEFAULT_TIMEOUT_SECONDS = 30;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Many lines for one text. */
const MAX_STREAM_BYTES = 1024 * 1024;
const LINES = 'application/x-ndjson';

/** An agent that lives elsewhere: it is POSTed the request and answers with its reply. */
export function webhookBackend(config: WebhookConfig, { http, now }: WebhookDeps): AgentBackend {
  const seconds = config.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;

  return {
    async reply(request, signal, onPartial = () => {}) {
      signal.throwIfAborted();
      const body = JSON.stringify(bodyOf(request));
      const headers = { 'content-type': 'application/json', accept: `application/json, ${LINES}` };
      const signature =
        config.secret === undefined
          ? {}
          : signatureHeaders(config.secret, `${request.conversationId}.${request.turn}`, new Date(now()), body);

      const deltas = new DeltaReader(onPartial);
      const answer = await http.post(
        {
          url: config.url,
          headers: { ...headers, ...signature },
          body,
          timeoutMs: seconds * 1000,
          maxResponseBytes: MAX_STREAM_BYTES,
          onText: (text) => deltas.take(text),
        },
        signal,
      );
      // Called off means no reply, even if one arrived in the same moment.
      signal.throwIfAborted();
      if (!answer.ok) throw new AgentError(failureOf(answer, seconds));
      if (answer.status < 200 || answer.status > 299) throw new AgentError({ kind: 'status', status: answer.status });
      const isStream = answer.headers['content-type']?.startsWith(LINES) === true;
      const limitBytes = isStream ? MAX_STREAM_BYTES : MAX_ANSWER_BYTES;
      if (answer.truncated || Buffer.byteLength(answer.body) > limitBytes) {
        throw new AgentError({ kind: 'tooLarge', limitBytes });
      }
      return replyOf(isStream ? lastLine(answer.body) : answer.body);
    },
  };
}

function replyOf(body: string): Reply {
  const read = readAnswer(body);
  if (!read.ok) throw new AgentError(read.failure);
  return read.reply;
}

/** Exactly the public fields, whatever else the request may carry. */
function bodyOf({ conversationId, turn, waiting, transcript, facts }: ReplyRequest): ReplyRequest {
  return { conversationId, turn, waiting, transcript, facts };
}

function failureOf(failure: OutboundFailure, seconds: number): AgentFailure {
  switch (failure.kind) {
    case 'timeout':
      return { kind: 'timeout', seconds };
    case 'redirect':
      return { kind: 'redirect', status: failure.status ?? 0 };
    case 'badUrl':
    case 'forbiddenAddress':
      return { kind: 'refusedAddress', detail: failure.detail };
    case 'unreachable':
    case 'broken':
    case 'aborted':
      return { kind: 'unreachable', detail: failure.detail };
  }
}
