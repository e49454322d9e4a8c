import { z } from 'zod';
import { conversation, conversationState } from './conversation.ts';
import { id } from './text.ts';

export const boardQuery = z.object({ agentId: id.optional(), channelId: id.optional() });

/** What supervisors watch: all that is open, and all in which a customer waits. */
export const board = z
  .object({
    /** The first 100 of each state: those that need a teammate, then other waiting ones, then the longest unchanged. */
    items: z.array(conversation),
    /** Of all, also of those left out. */
    counts: z.record(conversationState, z.int()),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof board>;
