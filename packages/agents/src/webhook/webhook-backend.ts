import { signatureHeaders, type OutboundFailure } from '@baton/outbound-http';
import { AGENT_BACKEND_SETTINGS, type AgentFailure, type Reply, type ReplyRequest } from '@baton/protocol';
import { agentBackendModule } from '../backend.ts';
import { AgentError } from '../failure.ts';
import { readAnswer } from './read-answer.ts';
import { DeltaReader, lastLine } from './read-stream.ts';

const DEFAULT_TIMEOUT_SECONDS = 30;
const MAX_ANSWER_BYTES = 64 * 1024;
/** A streamed answer repeats its JSON frame on each line. */
const MAX_STREAM_BYTES = 1024 * 1024;
const LINES = 'application/x-ndjson';

/** An agent in a service of the customer's own: it gets each request as a signed POST and answers with a reply. */
export const webhook = agentBackendModule(
  'webhook',
  AGENT_BACKEND_SETTINGS.webhook,
  ({ url, secret, timeoutSeconds }, { http, now }) => {
    const seconds = timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;

    return {
      async reply(request, signal, onPartial = () => {}) {
        signal.throwIfAborted();
        const body = JSON.stringify(bodyOf(request));
        const headers = { 'content-type': 'application/json', accept: `application/json, ${LINES}` };
        const signature =
          secret === undefined
            ? {}
            : signatureHeaders(secret, `${request.conversationId}.${request.turn}`, new Date(now()), body);

        const deltas = new DeltaReader(onPartial);
        const answer = await http.post(
          {
            url,
            headers: { ...headers, ...signature },
            body,
            timeoutMs: seconds * 1000,
            maxResponseBytes: MAX_STREAM_BYTES,
            onText: (text) => deltas.take(text),
          },
          signal,
        );
        // An aborted request has no reply, even if one arrived at the same moment.
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
  },
);

function replyOf(body: string): Reply {
  const read = readAnswer(body);
  if (!read.ok) throw new AgentError(read.failure);
  return read.reply;
}

/** Exactly the public fields: the request may carry more. */
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
