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

/** A sample question, at most 1 000 characters. */
export const askAgent = z.strictObject({
  text: messageText.refine((value) => value.length <= 1_000, { error: 'must be at most 1000 characters' }),
});

/** Why an agent gave no answer; fields beside `kind` only where they say something. */
const agentFailure = z.object({
  kind: z.enum([
    'timeout',
    'status',
    'redirect',
    'notJson',
    'wrongShape',
    'tooLarge',
    'refusedAddress',
    'unreachable',
    'knowledgeUnavailable',
  ]),
  seconds: z.number().optional(),
  status: z.int().optional(),
  limitBytes: z.int().optional(),
  detail: z.string().optional(),
});

/** What came of asking an agent apart from all conversations. `tookMs`: whole milliseconds. */
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
