import type { ChannelModules, InboundMessage, InboundRoute } from '@baton/channels';
import type { InboundChannel } from '@baton/database';
import type { ChannelKind, ReceivedMessage } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { AppDeps } from '../../deps.ts';
import { sharedLookup } from '../../timing/shared-lookup.ts';
import type { ApiEnv } from '../api-env.ts';
import { type RateLimit, rateLimit } from '../middleware/rate-limit.ts';
import { done, messageOf } from '../../problems/outcome.ts';
import { Rejection } from '../../problems/rejection.ts';
import { apiRouter } from './api-router.ts';
import { doorOf, type FindDoor } from './inbound-channel.ts';
import { body, byId, json, problems } from './route-parts.ts';

const receive = ({ path, summary, description, ...inbound }: InboundRoute, enter: MiddlewareHandler<ApiEnv>) =>
  createRoute({
    operationId: inbound.operationId,
    method: 'post',
    path: `/channels/{id}/${path}`,
    tags: ['Channels'],
    summary,
    description,
    security: inbound.isBearer ? [{ inboundSecret: [] }] : [],
    ...problems('unauthenticated', 'rate_limited', 'quarantined'),
    middleware: enter,
    request: { params: byId, body: body(inbound.body) },
    responses: { 202: json(inbound.answer, 'Stored; `duplicate` if this externalId was already stored') },
  });

/** The routes that the modules of the channels declare. */
export function channelInboundRoutes({ channels, settingsSeal, intake, runtime, config }: AppDeps) {
  const find = sharedLookup(intake.findInboundChannel);
  const rate = rateLimit(config.limits.perChannel);
  const router = apiRouter();
  const findOpened: FindDoor = async (channelId) => {
    const channel = await find(channelId);
    if (!channel) return null;
    const secrets = channels[channel.kind]?.secretSettings ?? [];
    return { ...channel, settings: settingsSeal.open(channel.settings, secrets) };
  };
  for (const [inbound, kinds] of kindsByRoute(channels)) {
    router.openapi(receive(inbound, verified(inbound, kinds, findOpened, rate)), async (c) => {
      const receipts: ReceivedMessage[] = [];
      for (const message of inbound.read(c.req.valid('json'))) receipts.push(await store(c.get('door'), message));
      return c.json(inbound.reply(receipts), 202);
    });
  }
  return router;

  async function store({ workspaceId, channelId }: InboundChannel, message: InboundMessage): Promise<ReceivedMessage> {
    const { customer, ...given } = message;
    const key = await intake.openConversation({ workspaceId, channelId, customer });
    const outcome = await runtime.dispatch(key, { type: 'receive', clientMessageId: null, ...given });
    const { id: messageId, conversationId, seq } = messageOf(outcome);
    return { conversationId, messageId, seq, duplicate: done(outcome).duplicate };
  }
}

function kindsByRoute(channels: ChannelModules): Map<InboundRoute, ChannelKind[]> {
  const kinds = new Map<InboundRoute, ChannelKind[]>();
  for (const { kind, inbound } of Object.values(channels).filter((module) => module !== undefined)) {
    if (inbound !== null) kinds.set(inbound, [...(kinds.get(inbound) ?? []), kind]);
  }
  return kinds;
}

/** Runs before the body is validated, so that a caller without the secret learns nothing about its shape. */
function verified(
  inbound: InboundRoute,
  kinds: readonly ChannelKind[],
  find: FindDoor,
  rate: RateLimit,
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const door = await doorOf(find, c, kinds);
    const request = { header: (name: string) => c.req.header(name), text: () => c.req.text() };
    if (!(await inbound.verify(request, door))) throw new Rejection('unauthenticated');
    await rate.spend(door.channelId);
    c.set('door', door);
    await next();
  };
}
