import { z } from 'zod';
import { conversationState, leaf } from './conversation.ts';
import { time } from './text.ts';

/** The author of an event. */
export const cause = z.object({
  kind: z.enum(['customer', 'teammate', 'external', 'agent', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type Cause = z.infer<typeof cause>;

/** One row of the append-only history of a conversation. */
export const transition = z
  .object({
    version: z.int(),
    event: z.looseObject({ type: z.string() }),
    from: conversationState,
    to: conversationState,
    /** The innermost state; null in transitions that were stored before it was recorded. */
    fromLeaf: leaf.nullable(),
    toLeaf: leaf.nullable(),
    by: cause,
    at: time,
  })
  .meta({ id: 'Transition' });
export type Transition = z.infer<typeof transition>;
