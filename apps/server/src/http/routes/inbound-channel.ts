import type { InboundChannel } from '@baton/database';
import { type ChannelKind, id } from '@baton/protocol';
import type { Context } from 'hono';
import type { ApiEnv } from '../api-env.ts';
import { Rejection } from '../../problems/rejection.ts';

export type FindDoor = (channelId: string) => Promise<InboundChannel | null>;

/** The open channel in the path, which must be of one of these kinds. @throws Rejection `not_found` */
export async function doorOf(
  find: FindDoor,
  c: Context<ApiEnv>,
  kinds: readonly ChannelKind[],
): Promise<InboundChannel> {
  const channelId = id.safeParse(c.req.param('id'));
  const door = channelId.success ? await find(channelId.data) : null;
  if (!door || !kinds.includes(door.kind)) throw new Rejection('not_found');
  return door;
}
