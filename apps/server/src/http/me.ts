import { me } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import { apiRouter } from './api-router.ts';
import type { Guard } from './guard.ts';
import { json } from './route-parts.ts';

export function meRoutes(guard: Guard) {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/me',
      tags: ['Workspace'],
      summary: 'Who is calling',
      middleware: guard(null),
      responses: { 200: json(me, 'The caller') },
    }),
    (c) => {
      const { teammate, workspace, role } = c.get('caller');
      return c.json({ teammate: { ...teammate, role }, workspace, role }, 200);
    },
  );
}
