import { z } from 'zod';
import { agentBackendKind, agentBackendSettings } from './agent-backend-kinds.ts';
import { agentFailure } from './agent-failure.ts';
import { displayName, id, messageText } from './text.ts';

export const agent = z
  .object({
    id,
    name: z.string(),
    /** The settings without the secret; `has` and the secret's name say whether one is set, as in `hasSecret`. */
    backend: z.looseObject({ kind: agentBackendKind }),
    /** *Pause this agent everywhere* (HOLD-18). */
    paused: z.boolean(),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof agent>;

export const createAgent = z.strictObject({ name: displayName, backend: agentBackendSettings });
export const changeAgent = z.strictObject({
  name: displayName.optional(),
  backend: agentBackendSettings.optional(),
  paused: z.boolean().optional(),
});

/** One entry of the workspace's knowledge base, which the `faq` agent answers from. */
export const knowledgeEntry = z.object({ id, question: z.string(), answer: z.string() }).meta({ id: 'KnowledgeEntry' });
export type KnowledgeEntry = z.infer<typeof knowledgeEntry>;
export const writeKnowledgeEntry = z.strictObject({ question: displayName, answer: messageText });

/** A test question, at most 1 000 characters. */
export const askAgent = z.strictObject({
  text: messageText.refine((value) => value.length <= 1_000, { error: 'must be at most 1000 characters' }),
});

/** The answer to a test question, which belongs to no conversation. `tookMs`: whole milliseconds. */
export const agentTrial = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      kind: z.enum(['reply', 'handoff', 'silence']),
      text: z.string().nullable(),
      /** Of a handoff. */
      reason: z.string().nullable(),
      tookMs: z.int(),
    }),
    z.object({ ok: z.literal(false), failure: agentFailure, error: z.string(), tookMs: z.int() }),
  ])
  .meta({ id: 'AgentTrial' });
export type AgentTrial = z.infer<typeof agentTrial>;
