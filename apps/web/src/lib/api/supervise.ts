import type { Board } from '@baton/protocol';
import { request } from './request.ts';
import type { Answer } from './request.ts';

export const readBoard = (
  query: { agentId?: string; channelId?: string },
  signal?: AbortSignal,
): Promise<Answer<Board>> => request('GET', '/api/v1/supervise/board', { query: { ...query }, signal });
