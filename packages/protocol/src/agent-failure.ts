import { z } from 'zod';

const httpStatus = z.int();

/** Why an agent gave no reply. The kinds are the same for every backend. */
export const agentFailure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('timeout'), seconds: z.number() }),
  /** The backend answered with an HTTP status that is no success. */
  z.object({ kind: z.literal('status'), status: httpStatus }),
  z.object({ kind: z.literal('redirect'), status: httpStatus }),
  z.object({ kind: z.literal('notJson') }),
  /** JSON of an unknown shape. `detail` names the fields, never their content. */
  z.object({ kind: z.literal('wrongShape'), detail: z.string() }),
  z.object({ kind: z.literal('tooLarge'), limitBytes: z.int() }),
  /** Baton does not call the address: no URL, not http(s), or not on the public internet. */
  z.object({ kind: z.literal('refusedAddress'), detail: z.string() }),
  z.object({ kind: z.literal('unreachable'), detail: z.string() }),
  z.object({ kind: z.literal('knowledgeUnavailable') }),
]);
export type AgentFailure = z.infer<typeof agentFailure>;
