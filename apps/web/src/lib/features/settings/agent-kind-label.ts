import type { Agent } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

type AgentKind = Agent['backend']['kind'];

const LABELS: Readonly<Record<AgentKind, () => string>> = { faq: m.agents_kind_faq, webhook: m.agents_kind_webhook };
const HINTS: Readonly<Record<AgentKind, () => string>> = {
  faq: m.agents_kind_faq_hint,
  webhook: m.agents_kind_webhook_hint,
};

export const agentKindLabel = (kind: AgentKind): string => LABELS[kind]();
export const agentKindHint = (kind: AgentKind): string => HINTS[kind]();
