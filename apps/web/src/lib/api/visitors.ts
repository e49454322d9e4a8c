import { request } from './request.ts';
import type { Answer } from './request.ts';

/** A new visitor of a web chat: the token stays in the customer's browser and opens their one conversation. */
export const createVisitor = (
  channelId: string,
  name: string,
): Promise<Answer<{ token: string; conversationId: string }>> =>
  request('POST', `/api/v1/channels/${encodeURIComponent(channelId)}/visitors`, {
    body: name.trim() === '' ? {} : { name: name.trim() },
  });
