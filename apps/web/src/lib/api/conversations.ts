import type { Conversation, ConversationStatus, Draft, Message, SendMessage, Transition } from '@baton/protocol';
import { request } from './request.ts';
import type { Answer } from './request.ts';

export interface ListQuery {
  state?: string;
  status?: string;
  holder?: string;
  assignee?: string;
  q?: string;
  updatedSince?: string;
  cursor?: string;
  limit?: number;
}
export interface ConversationPage {
  items: Conversation[];
  nextCursor: string | null;
}
export interface MessageQuery {
  after?: number;
  before?: number;
  sinceRevision?: number;
  limit?: number;
}

const at = (id: string, rest = ''): string => `/api/v1/conversations/${encodeURIComponent(id)}${rest}`;

export const listConversations = (query: ListQuery, signal?: AbortSignal): Promise<Answer<ConversationPage>> =>
  request('GET', '/api/v1/conversations', { query: { ...query }, signal });

export const readConversation = (id: string): Promise<Answer<Conversation>> => request('GET', at(id));

export const readMessages = (id: string, query: MessageQuery): Promise<Answer<{ items: Message[] }>> =>
  request('GET', at(id, '/messages'), { query: { ...query } });

export const sendMessage = (id: string, body: SendMessage): Promise<Answer<Message>> =>
  request('POST', at(id, '/messages'), { body });

/** SEND-3: a withheld, failed or uncertain agent message, sent as one's own. */
export const sendAnyway = (id: string, messageId: string): Promise<Answer<Message>> =>
  request('POST', at(id, `/messages/${encodeURIComponent(messageId)}/send`), { body: {} });

export const setAgentReplies = (
  id: string,
  body: { enabled: boolean; instruction?: string; assign?: boolean },
): Promise<Answer<Conversation>> => request('PUT', at(id, '/agent-replies'), { body });

export const setAssignee = (id: string, assigneeId: string | null): Promise<Answer<Conversation>> =>
  request('PUT', at(id, '/assignee'), { body: { assigneeId } });

/** @param snoozedUntil ISO time in the future; needed to snooze */
export const setStatus = (
  id: string,
  status: ConversationStatus,
  snoozedUntil?: string,
): Promise<Answer<Conversation>> => request('PUT', at(id, '/status'), { body: { status, snoozedUntil } });

export const setRead = (id: string, seq: number): Promise<Answer<unknown>> =>
  request('PUT', at(id, '/read'), { body: { seq } });

/** @param after a version; what happened later is read */
export const readTransitions = (id: string, after = 0): Promise<Answer<{ items: Transition[] }>> =>
  request('GET', at(id, '/transitions'), { query: { after } });

/** TURN-4: replies of the agent that came too late, the newest first. Never sent by themselves. */
export const readDrafts = (id: string): Promise<Answer<{ items: Draft[] }>> => request('GET', at(id, '/drafts'));
