import { hashSecret, newSecret } from '@baton/channels';
import { insertApiKey, listApiKeys, revokeApiKey } from '@baton/database/queries/api-keys';
import { audited } from '@baton/database/queries/audit';
import { apiKey, apiKeyEntry, createApiKey } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import { actorOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField } from '../../problems/rejection.ts';
import { apiRouter } from './api-router.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Workspace'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listApiKeys',
    method: 'get',
    path: '/api-keys',
    tags,
    summary: 'List API keys, without the secrets',
    middleware: guard('apiKey.write'),
    responses: { 200: json(listOf(apiKeyEntry), 'All keys in use') },
  });

const add = (guard: Guard) =>
  createRoute({
    operationId: 'createApiKey',
    method: 'post',
    path: '/api-keys',
    tags,
    summary: 'Create an API key that acts as a teammate',
    middleware: guard('apiKey.write'),
    request: { body: body(createApiKey) },
    responses: { 201: json(apiKey, 'The key, shown only once') },
  });

const revoke = (guard: Guard) =>
  createRoute({
    operationId: 'revokeApiKey',
    method: 'delete',
    path: '/api-keys/{id}',
    tags,
    summary: 'Revoke an API key',
    middleware: guard('apiKey.write'),
    request: { params: byId },
    responses: noContent,
  });

export function apiKeyRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listApiKeys(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { name, teammateId } = c.req.valid('json');
      const key = newSecret('baton');
      const id = await audited(db, by, 'apiKey.added', async (tx) => {
        const result = await insertApiKey(tx, by.workspaceId, { name, teammateId, keyHash: hashSecret(key) });
        if (result === null) throw invalidField('teammateId', 'is not a teammate of this workspace');
        return { result, subjectId: result, detail: { name, teammateId } };
      });
      return c.json({ id, key }, 201);
    })
    .openapi(revoke(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      await audited(db, by, 'apiKey.revoked', async (tx) => {
        const result = found(await revokeApiKey(tx, by.workspaceId, id));
        return { result, subjectId: id };
      });
      return c.body(null, 204);
    });
}
