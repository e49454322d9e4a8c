import { z } from 'zod';
import type { FormOf } from './form-field.ts';
import { isStorable, webAddress } from './text.ts';

/** The settings of each kind of backend. */
export const AGENT_BACKEND_SETTINGS = {
  faq: z.strictObject({ kind: z.literal('faq') }),
  webhook: z.strictObject({
    kind: z.literal('webhook'),
    url: webAddress,
    /** Signs each call (Standard Webhooks). Text without NUL. */
    secret: z.string().min(1).max(500).refine(isStorable).optional(),
    timeoutSeconds: z.int().min(1).max(60).optional(),
  }),
};

export const agentBackendKind = z.object(AGENT_BACKEND_SETTINGS).keyof();
export type AgentBackendKind = z.infer<typeof agentBackendKind>;
export const agentBackendSettings = z.discriminatedUnion('kind', [
  AGENT_BACKEND_SETTINGS.faq,
  AGENT_BACKEND_SETTINGS.webhook,
]);
export type AgentBackendSettings = z.infer<typeof agentBackendSettings>;
export type AgentBackendSettingsOf<Kind extends AgentBackendKind> = z.infer<(typeof AGENT_BACKEND_SETTINGS)[Kind]>;

/** The fields of each kind of backend, in the order of the form. */
export const AGENT_BACKEND_FORMS: {
  [Kind in AgentBackendKind]: FormOf<Omit<AgentBackendSettingsOf<Kind>, 'kind'>>;
} = {
  faq: {},
  webhook: {
    url: { input: 'address', required: true, placeholder: 'https://' },
    secret: { input: 'secret' },
    timeoutSeconds: { input: 'seconds', placeholder: '30' },
  },
};
