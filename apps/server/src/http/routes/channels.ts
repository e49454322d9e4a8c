import {
  changeChannel,
  channel,
  createChannel,
  createdChannel,
  rotatedSecret,
  rotateSecret,
  type ChannelKind,
} from '@baton/protocol';
import { recordAudit } from '@baton/database/queries/audit';
import {
  disableChannel,
  insertChannel,
  listChannels,
  replaceSecret,
  updateChannel,
} from '@baton/database/queries/channels';
import { createRoute } from '@hono/zod-openapi';
import { hashSecret, newSecret, newSigningSecret } from '@baton/channels';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField } from '../refusal.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Channels'];

/** The other kinds have their names already, and no implementation yet. */
const AVAILABLE: readonly ChannelKind[] = ['http', 'webchat'];

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/channels',
    tags,
    summary: 'List channels',
    middleware: guard('channel.read'),
    responses: { 200: json(listOf(channel), 'Channels in use, without their secrets') },
  });

const add = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/channels',
    tags,
    summary: 'Add a channel',
    middleware: guard('channel.write'),
    request: { body: body(createChannel) },
    responses: { 201: json(createdChannel, 'The channel, and its secrets, shown this once') },
  });

const change = (guard: Guard) =>
  createRoute({
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
    method: 'delete',
    path: '/channels/{id}',
    tags,
    summary: 'Close a channel: it takes nothing in any more',
    middleware: guard('channel.write'),
    request: { params: byId },
    responses: noContent,
  });

const rotate = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/channels/{id}/secrets',
    tags,
    summary: 'Replace a secret; the old one ends at once',
    middleware: guard('channel.write'),
    request: { params: byId, body: body(rotateSecret) },
    responses: { 201: json(rotatedSecret, 'The new secret, shown this once') },
  });

export function channelRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listChannels(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const given = c.req.valid('json');
      if (!AVAILABLE.includes(given.kind)) throw invalidField('kind', `is one of ${AVAILABLE.join(', ')} for now`);
      const inboundSecret = newSecret('inbound');
      const signingSecret = newSigningSecret();
      const added = await db.transaction(async (tx) => {
        const secrets = { inboundSecretHash: hashSecret(inboundSecret), signingSecret };
        const made = await insertChannel(tx, workspace.id, { ...given, ...secrets });
        if (!made) throw invalidField('agentId', 'is no agent of this workspace');
        const detail = { name: made.name, kind: made.kind };
        await recordAudit(tx, workspace.id, by, { action: 'channel.added', subjectId: made.id, detail });
        return made;
      });
      return c.json({ channel: added, inboundSecret, signingSecret }, 201);
    })
    .openapi(change(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      const changed = await db.transaction(async (tx) => {
        const made = found(await updateChannel(tx, workspace.id, id, given));
        await recordAudit(tx, workspace.id, by, { action: 'channel.changed', subjectId: id, detail: given });
        return made;
      });
      return c.json(changed, 200);
    })
    .openapi(remove(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      await db.transaction(async (tx) => {
        found(await disableChannel(tx, workspace.id, id));
        await recordAudit(tx, workspace.id, by, { action: 'channel.disabled', subjectId: id });
      });
      return c.body(null, 204);
    })
    .openapi(rotate(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      const { secret: which } = c.req.valid('json');
      const secret = which === 'inbound' ? newSecret('inbound') : newSigningSecret();
      await db.transaction(async (tx) => {
        const stored = which === 'inbound' ? hashSecret(secret) : secret;
        found(await replaceSecret(tx, workspace.id, id, which, stored));
        await recordAudit(tx, workspace.id, by, {
          action: 'channel.secret.rotated',
          subjectId: id,
          detail: { which },
        });
      });
      return c.json({ secret }, 201);
    });
}
