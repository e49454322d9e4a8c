import type { AgentBackendKind, AgentBackendSettingsOf } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import type { FieldTexts } from './setting-values.ts';

interface AgentBackendTexts<Settings> {
  name: () => string;
  hint: () => string;
  fields: { [Field in Exclude<keyof Settings, 'kind'>]-?: FieldTexts };
}

export const AGENT_BACKEND_TEXTS: { [Kind in AgentBackendKind]: AgentBackendTexts<AgentBackendSettingsOf<Kind>> } = {
  faq: { name: m.agents_kind_faq, hint: m.agents_kind_faq_hint, fields: {} },
  webhook: {
    name: m.agents_kind_webhook,
    hint: m.agents_kind_webhook_hint,
    fields: {
      url: { label: m.agents_url },
      secret: { label: m.agents_secret, hint: m.agents_secret_hint, kept: m.agents_secret_kept },
      timeoutSeconds: { label: m.agents_timeout },
    },
  },
};
