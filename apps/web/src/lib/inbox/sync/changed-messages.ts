import type { Message } from '@baton/protocol';
import type { Query } from '@baton/client';
import { api } from '../../api/client.ts';
import { untilReachable } from '../../api/until-reachable.ts';

const PAGE = 500;

/** All messages that changed after a revision, and all after a `seq` where some are missing. Null when refused. */
export async function readChangedMessages(
  conversationId: string,
  gap: { sinceRevision: number; afterSeq: number | null },
  signal: AbortSignal,
): Promise<Message[] | null> {
  const changed = await readPages(conversationId, { sinceRevision: gap.sinceRevision }, signal);
  if (!changed || gap.afterSeq === null) return changed;
  const missing = await readPages(conversationId, { after: gap.afterSeq }, signal);
  return missing && [...changed, ...missing];
}

async function readPages(
  conversationId: string,
  query: Query<'listMessages'>,
  signal: AbortSignal,
): Promise<Message[] | null> {
  const messages: Message[] = [];
  for (let after = query.after; ; after = messages.at(-1)?.seq) {
    const page = { ...query, after, limit: PAGE };
    const answer = await untilReachable(() => api.listMessages({ id: conversationId, query: page }), signal);
    if (!answer.ok) return null;
    messages.push(...answer.data.items);
    if (answer.data.items.length < PAGE) return messages;
  }
}
