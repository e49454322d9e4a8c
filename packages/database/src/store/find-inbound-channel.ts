import type { ChannelKind, ChannelSettings } from '@baton/protocol';
import type { Sql } from '../connect.ts';
import { run } from './statement.ts';

/** A channel as the outside meets it: by its id alone, before anybody is known. */
export interface InboundChannel {
  workspaceId: string;
  channelId: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  inboundSecretHash: string;
}

/** Looked up for every message, so that what is revoked is revoked at once; therefore prepared, on the commits' own client. */
export const FIND_INBOUND_CHANNEL = `
select workspace_id as "workspaceId", id as "channelId", kind, settings, inbound_secret_hash as "inboundSecretHash"
from channels where id = $1::uuid and disabled_at is null`;

/** Null: no such channel, or it is closed. @throws StoreUnavailable */
export async function findInboundChannel(sql: Sql, channelId: string): Promise<InboundChannel | null> {
  const [door] = await run<InboundChannel>(sql, FIND_INBOUND_CHANNEL, [channelId]);
  return door ?? null;
}
