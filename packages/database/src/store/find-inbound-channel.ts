import type { ChannelKind, ChannelSettings } from '@baton/protocol';
import type { Sql } from '../connect.ts';
import { run } from './statement.ts';

/** An open channel, found by its id before the caller is known. */
export interface InboundChannel {
  workspaceId: string;
  channelId: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  inboundSecretHash: string;
}

/** Read for every inbound message, so that changes apply at once. Therefore prepared, on the client of the hot path. */
export const FIND_INBOUND_CHANNEL = `
select workspace_id as "workspaceId", id as "channelId", kind, settings, inbound_secret_hash as "inboundSecretHash"
from channels where id = $1::uuid and disabled_at is null`;

/** Returns null if there is no such channel or it is closed. @throws StoreUnavailable */
export async function findInboundChannel(sql: Sql, channelId: string): Promise<InboundChannel | null> {
  const [channel] = await run<InboundChannel>(sql, FIND_INBOUND_CHANNEL, [channelId]);
  return channel ?? null;
}
