import type { ChannelKind, ChannelSettingsOf } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import type { FieldTexts } from './setting-values.ts';

interface ChannelTexts<Settings> {
  name: () => string;
  /** The set-up steps, in order. */
  steps: readonly (() => string)[];
  fields: { [Field in keyof Required<Settings>]: FieldTexts };
}

export const CHANNEL_TEXTS: { [Kind in ChannelKind]: ChannelTexts<ChannelSettingsOf<Kind>> } = {
  webchat: {
    name: m.channels_kind_webchat,
    steps: [m.channels_webchat_step_1],
    fields: { allowedOrigins: { label: m.channels_allowed_origins, hint: m.channels_origins_hint } },
  },
  http: {
    name: m.channels_kind_http,
    steps: [m.channels_http_step_1, m.channels_http_step_2, m.channels_http_step_3],
    fields: {
      callbackUrl: {
        label: m.channels_callback_url,
        hint: m.channels_callback_hint,
        missing: m.channels_callback_missing,
      },
    },
  },
};
