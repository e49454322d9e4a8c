import { z } from 'zod';
import { conversation, conversationState } from './conversation.ts';
import { id } from './text.ts';

export const boardQuery = z.object({ agentId: id.optional(), channelId: id.optional() });

/** What supervisors watch: all that is open, and all in which a customer waits. */
export const board = z
  .object({
    /** Of each state the first 100: who waits in vain before who waits, before what has stood for longest. */
    items: z.array(conversation),
    /** Of all, also of those left out. */
    counts: z.record(conversationState, z.int()),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof board>;
