import type { AgentBackendKind } from '@baton/protocol';
import type { AgentBackend, AgentBackendModule, BackendDeps } from './backend.ts';
import { faq } from './faq/faq-backend.ts';
import { webhook } from './webhook/webhook-backend.ts';

const agentBackendModules = { faq, webhook } satisfies Record<AgentBackendKind, AgentBackendModule>;

type StoredSettings = Record<string, unknown> & { kind: AgentBackendKind };

/** The backend of an agent by its stored settings. */
export function createBackend(stored: StoredSettings, deps: BackendDeps): AgentBackend {
  return agentBackendModules[stored.kind].create(stored, deps);
}
