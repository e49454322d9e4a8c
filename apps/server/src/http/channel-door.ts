import { type ChannelDoor, findDoor } from '@baton/database/queries/channels';
import type { Database } from '@baton/database';
import { type ChannelKind, id } from '@baton/protocol';
import type { Context } from 'hono';
import type { ApiEnv } from './api-env.ts';
import { Refusal } from './refusal.ts';

/** The channel that the path names, if it is of this kind. @throws Refusal */
export async function doorOf(db: Database, c: Context<ApiEnv>, kind: ChannelKind): Promise<ChannelDoor> {
  const channelId = id.safeParse(c.req.param('id'));
  const door = channelId.success ? await findDoor(db, channelId.data) : null;
  if (door?.kind !== kind) throw new Refusal('not_found');
  return door;
}
