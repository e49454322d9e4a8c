import { z } from 'zod';
import { conversation, conversationCounts } from './conversation.ts';
import { id } from './text.ts';

export const boardQuery = z.object({ agentId: id.optional(), channelId: id.optional() });

/** The supervisors' view of all conversations that are open or waiting. */
export const board = z
  .object({
    /** The first 100 of each state: those that need a teammate, then other waiting ones, then the longest unchanged. */
    items: z.array(conversation),
    /** Of all conversations, including those beyond the first 100. */
    counts: conversationCounts.pick({
      agentActive: true,
      humanActive: true,
      humanPriorityWindow: true,
      agentDisabled: true,
    }),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof board>;
