import { z } from 'zod';
import { displayName, id, isStorable, messageText, webAddress } from './text.ts';

/** Kinds of secret that travel to a backend are write-only: answers carry `hasSecret` instead. */
export const agentBackend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('faq') }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: webAddress,
    /** Signs each call (Standard Webhooks). Text without NUL. */
    secret: z.string().min(1).max(500).refine(isStorable).optional(),
    timeoutSeconds: z.int().min(1).max(60).optional(),
  }),
]);
export type AgentBackend = z.infer<typeof agentBackend>;

export const agent = z
  .object({
    id,
    name: z.string(),
    backend: z.looseObject({ kind: z.enum(['faq', 'webhook']) }),
    /** *Pause this agent everywhere* (HOLD-18). */
    paused: z.boolean(),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof agent>;

export const createAgent = z.strictObject({ name: displayName, backend: agentBackend });
export const changeAgent = z.strictObject({
  name: displayName.optional(),
  backend: agentBackend.optional(),
  paused: z.boolean().optional(),
});

/** One entry of the workspace's knowledge base, which the `faq` agent answers from. */
export const knowledgeEntry = z.object({ id, question: z.string(), answer: z.string() }).meta({ id: 'KnowledgeEntry' });
export type KnowledgeEntry = z.infer<typeof knowledgeEntry>;
export const writeKnowledgeEntry = z.strictObject({ question: displayName, answer: messageText });
