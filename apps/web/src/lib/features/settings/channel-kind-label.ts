import type { Channel } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const LABELS: Readonly<Record<Channel['kind'], () => string>> = {
  http: m.channels_kind_http,
  webchat: m.channels_kind_webchat,
  whatsapp: m.channels_kind_whatsapp,
  telegram: m.channels_kind_telegram,
  email: m.channels_kind_email,
};

export function channelKindLabel(kind: Channel['kind']): string {
  return LABELS[kind]();
}
