import type { ChannelSettings } from '@baton/protocol';
import type { Sql } from '../connect.ts';
import { run } from './statement.ts';

/** Settings and secret of a channel, for sending. */
export interface OutboundChannel {
  settings: ChannelSettings;
  signingSecret: string;
}

/** Also finds closed channels, because their queued messages are still sent. */
export const FIND_OUTBOUND_CHANNEL = `
select settings, signing_secret as "signingSecret" from channels where workspace_id = $1::uuid and id = $2::uuid`;

/** Returns null if there is no such channel. @throws StoreUnavailable */
export async function findOutboundChannel(
  sql: Sql,
  workspaceId: string,
  channelId: string,
): Promise<OutboundChannel | null> {
  const [channel] = await run<OutboundChannel>(sql, FIND_OUTBOUND_CHANNEL, [workspaceId, channelId]);
  return channel ?? null;
}
