import { apiKey, apiKeyEntry, createApiKey } from '@baton/protocol';
import { insertApiKey, listApiKeys, revokeApiKey } from '@baton/database/queries/api-keys';
import { recordAudit } from '@baton/database/queries/audit';
import { createRoute } from '@hono/zod-openapi';
import { hashSecret, newSecret } from '@baton/channels';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField } from '../refusal.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/api-keys',
    tags: ['Workspace'],
    summary: 'List API keys, without the keys',
    middleware: guard('apiKey.write'),
    responses: { 200: json(listOf(apiKeyEntry), 'Keys that work') },
  });

const add = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/api-keys',
    tags: ['Workspace'],
    summary: 'Make an API key that acts as a teammate',
    middleware: guard('apiKey.write'),
    request: { body: body(createApiKey) },
    responses: { 201: json(apiKey, 'The key, shown this once') },
  });

const revoke = (guard: Guard) =>
  createRoute({
    method: 'delete',
    path: '/api-keys/{id}',
    tags: ['Workspace'],
    summary: 'Revoke an API key',
    middleware: guard('apiKey.write'),
    request: { params: byId },
    responses: noContent,
  });

export function apiKeyRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listApiKeys(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { name, teammateId } = c.req.valid('json');
      const key = newSecret('baton');
      const id = await db.transaction(async (tx) => {
        const made = await insertApiKey(tx, workspace.id, { name, teammateId, keyHash: hashSecret(key) });
        if (made === null) throw invalidField('teammateId', 'is no teammate of this workspace');
        await recordAudit(tx, workspace.id, by, {
          action: 'apiKey.added',
          subjectId: made,
          detail: { name, teammateId },
        });
        return made;
      });
      return c.json({ id, key }, 201);
    })
    .openapi(revoke(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      await db.transaction(async (tx) => {
        found(await revokeApiKey(tx, workspace.id, id));
        await recordAudit(tx, workspace.id, by, { action: 'apiKey.revoked', subjectId: id });
      });
      return c.body(null, 204);
    });
}
