import type { ChannelSettings } from '@baton/protocol';
import type { Sql } from '../connect.ts';
import { run } from './statement.ts';

/** What a send needs of its channel. */
export interface OutboundChannel {
  settings: ChannelSettings;
  signingSecret: string;
}

/** Looked up for every message that goes out. Of a closed channel too: what is on its way still goes. */
export const FIND_OUTBOUND_CHANNEL = `
select settings, signing_secret as "signingSecret" from channels where workspace_id = $1::uuid and id = $2::uuid`;

/** Null: no such channel. @throws StoreUnavailable */
export async function findOutboundChannel(
  sql: Sql,
  workspaceId: string,
  channelId: string,
): Promise<OutboundChannel | null> {
  const [way] = await run<OutboundChannel>(sql, FIND_OUTBOUND_CHANNEL, [workspaceId, channelId]);
  return way ?? null;
}
