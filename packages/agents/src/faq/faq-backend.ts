import { AGENT_BACKEND_SETTINGS, type Message, type Reply, type ReplyRequest } from '@baton/protocol';
import { abortable } from '../abortable.ts';
import { agentBackendModule } from '../backend.ts';
import { AgentError } from '../failure.ts';
import { storableText } from '../storable.ts';
import { answer } from './answer.ts';
import type { KnowledgeIndex } from './knowledge-index.ts';
import type { Knowledge } from './knowledge.ts';
import { languageOf } from './language.ts';

/** The built-in agent, without key or network: answers from the knowledge base, and hands off other questions. */
export const faq = agentBackendModule('faq', AGENT_BACKEND_SETTINGS.faq, (_settings, { knowledge }) => {
  return {
    async reply(request, signal) {
      signal.throwIfAborted();
      // Without a waiting customer there is only an instruction (HOLD-11), which a knowledge base cannot follow.
      if (request.waiting.length === 0) return { kind: 'silence' };
      const index = await abortable(current(knowledge), signal);
      return checked(answer(request.waiting.map(textOf), index, languageOf(newestFirst(request))));
    },
  };
});

async function current(knowledge: Knowledge): Promise<KnowledgeIndex> {
  try {
    return await knowledge.current();
  } catch (cause) {
    throw new AgentError({ kind: 'knowledgeUnavailable' }, { cause });
  }
}

/** Entries come from outside, so a text may be invalid as a message. */
function checked(reply: Reply): Reply {
  if (reply.kind === 'silence' || reply.text === null) return reply;
  return { ...reply, text: storableText(reply.text) };
}

const textOf = (message: Message): string => message.text;

/** The waiting messages as one text, then the customer's earlier messages one by one. */
function newestFirst({ waiting, transcript }: ReplyRequest): string[] {
  const earlier = transcript.filter(({ author }) => author.kind === 'customer').map(textOf);
  return [waiting.map(textOf).join('\n'), ...earlier.reverse()];
}
