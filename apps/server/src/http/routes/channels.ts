import {
  changeChannel,
  channel,
  type Channel,
  type ChannelKind,
  type ChannelSettings,
  createChannelOf,
  createdChannel,
  fieldErrors,
  rotatedSecret,
  rotateSecret,
} from '@baton/protocol';
import { audited } from '@baton/database/queries/audit';
import {
  disableChannel,
  findChannel,
  insertChannel,
  listChannels,
  replaceSecret,
  updateChannel,
} from '@baton/database/queries/channels';
import { createRoute } from '@hono/zod-openapi';
import { type ChannelModule, hashSecret, newSecret, newSigningSecret, withoutSecrets } from '@baton/channels';
import { actorOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField, Rejection } from '../../problems/rejection.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Channels'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listChannels',
    method: 'get',
    path: '/channels',
    tags,
    summary: 'List channels',
    middleware: guard('channel.read'),
    responses: { 200: json(listOf(channel), 'Channels in use, without their secrets') },
  });

const add = (guard: Guard, modules: readonly ChannelModule[]) =>
  createRoute({
    operationId: 'createChannel',
    method: 'post',
    path: '/channels',
    tags,
    summary: 'Create a channel',
    middleware: guard('channel.write'),
    request: { body: body(createChannelOf(modules)) },
    responses: { 201: json(createdChannel, 'The channel and its secrets, shown only once') },
  });

const change = (guard: Guard) =>
  createRoute({
    operationId: 'changeChannel',
    method: 'patch',
    path: '/channels/{id}',
    tags,
    summary: 'Rename a channel or replace its settings',
    middleware: guard('channel.write'),
    request: { params: byId, body: body(changeChannel) },
    responses: { 200: json(channel, 'The channel') },
  });

const remove = (guard: Guard) =>
  createRoute({
    operationId: 'disableChannel',
    method: 'delete',
    path: '/channels/{id}',
    tags,
    summary: 'Disable a channel: it stops receiving messages',
    middleware: guard('channel.write'),
    request: { params: byId },
    responses: noContent,
  });

const rotate = (guard: Guard) =>
  createRoute({
    operationId: 'rotateChannelSecret',
    method: 'post',
    path: '/channels/{id}/secrets',
    tags,
    summary: 'Replace a secret; the old one stops working immediately',
    middleware: guard('channel.write'),
    request: { params: byId, body: body(rotateSecret) },
    responses: { 201: json(rotatedSecret, 'The new secret, shown only once') },
  });

export function channelRoutes({ db, channels, settingsSeal }: AppDeps, guard: Guard) {
  const secretsOf = (kind: ChannelKind): readonly string[] => channels[kind]?.secretSettings ?? [];
  const shown = (stored: Channel): Channel => ({
    ...stored,
    settings: withoutSecrets(stored.settings, secretsOf(stored.kind)),
  });
  const modules = Object.values(channels).filter((module) => module !== undefined);
  return apiRouter()
    .openapi(list(guard), async (c) => {
      const items = await listChannels(db, c.get('caller').workspace.id);
      return c.json({ items: items.map(shown) }, 200);
    })
    .openapi(add(guard, modules), async (c) => {
      const by = actorOf(c.get('caller'));
      const given = c.req.valid('json');
      const inboundSecret = newSecret('inbound');
      const signingSecret = newSigningSecret();
      const created = await audited(db, by, 'channel.added', async (tx) => {
        const secrets = { inboundSecretHash: hashSecret(inboundSecret), signingSecret };
        const settings = settingsSeal.close(given.settings, secretsOf(given.kind));
        const result = await insertChannel(tx, by.workspaceId, { ...given, settings, ...secrets });
        if (!result) throw invalidField('agentId', 'is not an agent of this workspace');
        return { result, subjectId: result.id, detail: { name: result.name, kind: result.kind } };
      });
      return c.json({ channel: shown(created), inboundSecret, signingSecret }, 201);
    })
    .openapi(change(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      const { name, settings } = c.req.valid('json');
      const changed = await audited(db, by, 'channel.changed', async (tx) => {
        const before = found(await findChannel(tx, by.workspaceId, id));
        const secrets = secretsOf(before.kind);
        // No answer shows a secret, so clients cannot send it back: one that is left out keeps its value.
        const kept = Object.entries(settingsSeal.open(before.settings, secrets)).filter(([field]) =>
          secrets.includes(field),
        );
        const given = settings && settingsOf(channels[before.kind], { ...Object.fromEntries(kept), ...settings });
        const sealed = given && settingsSeal.close(given, secrets);
        const result = found(await updateChannel(tx, by.workspaceId, id, { name, settings: sealed }));
        return { result, subjectId: id, detail: { name, settings: given && withoutSecrets(given, secrets) } };
      });
      return c.json(shown(changed), 200);
    })
    .openapi(remove(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      await audited(db, by, 'channel.disabled', async (tx) => {
        const result = found(await disableChannel(tx, by.workspaceId, id));
        return { result, subjectId: id };
      });
      return c.body(null, 204);
    })
    .openapi(rotate(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      const { secret: which } = c.req.valid('json');
      const secret = which === 'inbound' ? newSecret('inbound') : newSigningSecret();
      await audited(db, by, 'channel.secret.rotated', async (tx) => {
        const stored = which === 'inbound' ? hashSecret(secret) : secret;
        const result = found(await replaceSecret(tx, by.workspaceId, id, which, stored));
        return { result, subjectId: id, detail: { which } };
      });
      return c.json({ secret }, 201);
    });
}

/** @throws Rejection where the settings are not those of the channel's kind */
function settingsOf(module: ChannelModule | undefined, given: object): ChannelSettings {
  if (!module) throw invalidField('settings', 'cannot be changed: this server does not have the kind of this channel');
  const parsed = module.settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error).map(({ path, message }) => ({ path: `settings.${path}`, message }));
  throw new Rejection('invalid', { errors });
}
