import type { Message, Reply, ReplyRequest } from '@baton/protocol';
import { abortable } from '../abortable.ts';
import type { AgentBackend } from '../backend.ts';
import { AgentError } from '../failure.ts';
import { storableText } from '../storable.ts';
import { answer } from './answer.ts';
import type { KnowledgeIndex } from './knowledge-index.ts';
import type { Knowledge } from './knowledge.ts';
import { languageOf } from './language.ts';

/** The built-in agent: needs no key and no network, answers from the knowledge base, hands off when it does not know. */
export function faqBackend(knowledge: Knowledge): AgentBackend {
  return {
    async reply(request, signal) {
      signal.throwIfAborted();
      // An instruction with nobody waiting (HOLD-11) is nothing that a list of answers can follow.
      if (request.waiting.length === 0) return { kind: 'silence' };
      const index = await abortable(current(knowledge), signal);
      return checked(answer(request.waiting.map(textOf), index, languageOf(newestFirst(request))));
    },
  };
}

async function current(knowledge: Knowledge): Promise<KnowledgeIndex> {
  try {
    return await knowledge.current();
  } catch (cause) {
    throw new AgentError({ kind: 'knowledgeUnavailable' }, { cause });
  }
}

/** The knowledge base is data from elsewhere: what cannot be a message is refused here. */
function checked(reply: Reply): Reply {
  if (reply.kind === 'silence' || reply.text === null) return reply;
  return { ...reply, text: storableText(reply.text) };
}

const textOf = (message: Message): string => message.text;

/** What waits counts together, then the customer's earlier messages one by one. */
function newestFirst({ waiting, transcript }: ReplyRequest): string[] {
  const earlier = transcript.filter(({ author }) => author.kind === 'customer').map(textOf);
  return [waiting.map(textOf).join('\n'), ...earlier.reverse()];
}
