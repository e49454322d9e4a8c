import { z } from 'zod';
import type { FormOf } from './form-field.ts';
import { webAddress, webOrigin } from './text.ts';

/** The settings of each kind of channel. */
export const CHANNEL_SETTINGS = {
  webchat: z.strictObject({
    /** Web origins that may embed the chat; empty means Baton's own page only. */
    allowedOrigins: z.array(webOrigin).max(50).optional(),
  }),
  http: z.strictObject({
    /** The URL to which messages to the customer are POSTed. */
    callbackUrl: webAddress.optional(),
  }),
};

export const channelKind = z.object(CHANNEL_SETTINGS).keyof();
export type ChannelKind = z.infer<typeof channelKind>;
export type ChannelSettingsOf<Kind extends ChannelKind> = z.infer<(typeof CHANNEL_SETTINGS)[Kind]>;

export const channelSecret = z.enum(['inbound', 'signing']);
export type ChannelSecret = z.infer<typeof channelSecret>;

/** The capabilities of a channel kind. */
export interface ChannelCapabilities {
  /** The receiver recognises a repeated message by its id, so one that may have arrived is sent again (SEND-4). */
  idempotent: boolean;
  attachments: boolean;
  /** Each side sees the other type. */
  typing: boolean;
  readReceipts: boolean;
  edits: boolean;
}

/** The facts about one kind of channel that the outbox, the API and the settings pages read. */
export interface ChannelTraits<Settings> {
  capabilities: ChannelCapabilities;
  /** Customers write on Baton's own chat page, which other sites can embed. */
  hasChatPage: boolean;
  /** The secrets that the owner copies to the other side. */
  secrets: readonly ChannelSecret[];
  /** A request that stores a first message, for the set-up steps: `path` below the channel's address. */
  exampleRequest: { path: string; body: object } | null;
  form: FormOf<Settings>;
}

const NO_CAPABILITIES = { idempotent: false, attachments: false, typing: false, readReceipts: false, edits: false };

export const CHANNEL_TRAITS: { [Kind in ChannelKind]: ChannelTraits<ChannelSettingsOf<Kind>> } = {
  http: {
    capabilities: { ...NO_CAPABILITIES, idempotent: true },
    hasChatPage: false,
    secrets: ['inbound', 'signing'],
    exampleRequest: {
      path: 'messages',
      body: { externalId: '1', customer: { externalId: 'c1', name: 'Ada' }, text: 'Hello' },
    },
    form: { callbackUrl: { input: 'address' } },
  },
  webchat: {
    capabilities: { ...NO_CAPABILITIES, idempotent: true, typing: true },
    hasChatPage: true,
    secrets: [],
    exampleRequest: null,
    form: { allowedOrigins: { input: 'origins', placeholder: 'https://shop.example.com' } },
  },
};

/** Kinds that no build knows any more count as not idempotent. */
export const IDEMPOTENT_CHANNELS: readonly string[] = channelKind.options.filter(
  (kind) => CHANNEL_TRAITS[kind].capabilities.idempotent,
);
