import type { OutboundClient } from '@baton/outbound-http';
import type { AgentBackend as AgentBackendConfig } from '@baton/protocol';
import type { AgentBackend } from './backend.ts';
import { faqBackend } from './faq/faq-backend.ts';
import type { Knowledge } from './faq/knowledge.ts';
import { webhookBackend } from './webhook/webhook-backend.ts';

export interface BackendDeps {
  /** Of the agent's workspace. */
  knowledge: Knowledge;
  http: OutboundClient;
  /** Milliseconds since 1970; signatures carry it. */
  now: () => number;
}

/** The backend of an agent by its settings. Cheap: what is costly lives in `deps`. */
export function createBackend(config: AgentBackendConfig, { knowledge, http, now }: BackendDeps): AgentBackend {
  switch (config.kind) {
    case 'faq':
      return faqBackend(knowledge);
    case 'webhook':
      return webhookBackend(config, { http, now });
  }
}
