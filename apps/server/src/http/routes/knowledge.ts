import { knowledgeEntry, writeKnowledgeEntry } from '@baton/protocol';
import { deleteKnowledge, insertKnowledge, listKnowledge, updateKnowledge } from '@baton/database/queries/knowledge';
import { recordAudit } from '@baton/database/queries/audit';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../refusal.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Knowledge'];

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/knowledge',
    tags,
    summary: 'List what the built-in agent answers from',
    middleware: guard('knowledge.read'),
    responses: { 200: json(listOf(knowledgeEntry), 'All entries') },
  });

const add = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/knowledge',
    tags,
    summary: 'Add an entry',
    middleware: guard('knowledge.write'),
    request: { body: body(writeKnowledgeEntry) },
    responses: { 201: json(knowledgeEntry, 'The entry') },
  });

const replace = (guard: Guard) =>
  createRoute({
    method: 'put',
    path: '/knowledge/{id}',
    tags,
    summary: 'Rewrite an entry',
    middleware: guard('knowledge.write'),
    request: { params: byId, body: body(writeKnowledgeEntry) },
    responses: { 200: json(knowledgeEntry, 'The entry') },
  });

const remove = (guard: Guard) =>
  createRoute({
    method: 'delete',
    path: '/knowledge/{id}',
    tags,
    summary: 'Delete an entry',
    middleware: guard('knowledge.write'),
    request: { params: byId },
    responses: noContent,
  });

export function knowledgeRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listKnowledge(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const entry = await db.transaction(async (tx) => {
        const added = await insertKnowledge(tx, workspace.id, c.req.valid('json'));
        await recordAudit(tx, workspace.id, by, { action: 'knowledge.added', subjectId: added.id });
        return added;
      });
      return c.json(entry, 201);
    })
    .openapi(replace(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      const entry = await db.transaction(async (tx) => {
        const changed = found(await updateKnowledge(tx, workspace.id, { id, ...c.req.valid('json') }));
        await recordAudit(tx, workspace.id, by, { action: 'knowledge.changed', subjectId: id });
        return changed;
      });
      return c.json(entry, 200);
    })
    .openapi(remove(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      await db.transaction(async (tx) => {
        const gone = found(await deleteKnowledge(tx, workspace.id, id));
        await recordAudit(tx, workspace.id, by, {
          action: 'knowledge.deleted',
          subjectId: id,
          detail: { question: gone.question },
        });
      });
      return c.body(null, 204);
    });
}
