import { type AgentFailure, fieldErrors, type Reply, webhookReply } from '@baton/protocol';

type Read = { ok: true; reply: Reply } | { ok: false; failure: AgentFailure };

const [replyAnswer, handoffAnswer, silenceAnswer] = webhookReply.options;
const SCHEMAS = { reply: replyAnswer, handoff: handoffAnswer, silence: silenceAnswer };
const NAMES = ['reply', 'handoff', 'silence'] as const;

/** Reads the answer of a webhook agent: exactly one of `reply`, `handoff` and `silence`. Other fields are ignored. */
export function readAnswer(body: string): Read {
  const json = parseJson(body);
  if (json === undefined) return { ok: false, failure: { kind: 'notJson' } };
  const given = NAMES.filter((name) => typeof json === 'object' && json !== null && Object.hasOwn(json, name));
  const [name] = given;
  if (name === undefined || given.length > 1) {
    const found = name === undefined ? 'none' : given.join(' and ');
    return wrongShape(`expected one of reply, handoff and silence, found ${found}`);
  }
  const parsed = SCHEMAS[name].safeParse(json);
  if (!parsed.success) {
    const problems = fieldErrors(parsed.error).map(({ path, message }) => `${path}: ${message}`);
    return wrongShape(problems.join('; ').slice(0, 300));
  }
  return { ok: true, reply: asReply(parsed.data) };
}

function asReply(answer: (typeof webhookReply)['_output']): Reply {
  if ('reply' in answer) return { kind: 'reply', text: answer.reply.text };
  if ('silence' in answer) return { kind: 'silence' };
  const { reason, text = null } = answer.handoff;
  return { kind: 'handoff', reason, text };
}

function wrongShape(detail: string): Read {
  return { ok: false, failure: { kind: 'wrongShape', detail } };
}

/** Undefined for invalid JSON: JSON has no undefined of its own. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
