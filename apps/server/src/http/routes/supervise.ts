import { readBoard } from '@baton/database/queries/read-board';
import { board, boardQuery } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { json } from './route-parts.ts';

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getBoard',
    method: 'get',
    path: '/supervise/board',
    tags: ['Supervise'],
    summary: 'Get all open or waiting conversations by state; list frames of the socket keep them current',
    middleware: guard('supervise.read'),
    request: { query: boardQuery },
    responses: { 200: json(board, 'The board') },
  });

export function superviseRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter().openapi(read(guard), async (c) =>
    c.json(await readBoard(db, c.get('caller').workspace.id, c.req.valid('query')), 200),
  );
}
