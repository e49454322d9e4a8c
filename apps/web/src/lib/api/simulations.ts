import { request } from './request.ts';
import type { Answer } from './request.ts';

/** A customer who follows a script comes to the workspace's web chat. */
export const startSimulation = (): Promise<Answer<{ conversationId: string }>> =>
  request('POST', '/api/v1/simulations', { body: {} });
