import type { OutboundClient } from '@baton/outbound-http';
import type { AgentBackendKind, Reply, ReplyRequest } from '@baton/protocol';
import type { Knowledge } from './faq/knowledge.ts';

/** Makes the replies of one agent. */
export interface AgentBackend {
  /**
   * Answers the waiting messages, hands the conversation to people, or says nothing.
   * When `signal` aborts it stops at once, closes its connections, and rejects with the signal's reason.
   * `onPartial` gets the whole text so far each time it grows; backends that answer at once never call it.
   * @throws AgentError when it cannot reply for any other reason
   */
  reply(request: ReplyRequest, signal: AbortSignal, onPartial?: (text: string) => void): Promise<Reply>;
}

export interface BackendDeps {
  /** Of the agent's workspace. */
  knowledge: Knowledge;
  http: OutboundClient;
  /** Milliseconds since 1970; signatures carry it. */
  now: () => number;
}

/** One kind of backend. Its settings, their form and their secret are in `agent-backend-kinds.ts` of the protocol. */
export interface AgentBackendModule {
  readonly kind: AgentBackendKind;
  /** Takes the settings as stored, with the secret. Cheap: expensive parts belong in `deps`. @throws ZodError on invalid settings */
  create(stored: unknown, deps: BackendDeps): AgentBackend;
}

export function agentBackendModule<Settings extends { kind: AgentBackendKind }>(
  kind: Settings['kind'],
  settings: { parse(stored: unknown): Settings },
  create: (settings: Settings, deps: BackendDeps) => AgentBackend,
): AgentBackendModule {
  return { kind, create: (stored, deps) => create(settings.parse(stored), deps) };
}
