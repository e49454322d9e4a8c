import { id, problem } from '@baton/protocol';
import { z } from '@hono/zod-openapi';

/** The pieces that route declarations are put together from. */

export function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { content: { 'application/json': { schema } }, description } as const;
}

export const noContent = { 204: { description: 'Done' } } as const;

export const byId = z.object({ id });

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}

/** Said once in the document; each route may answer with it. */
export const problemAnswer = {
  content: { 'application/problem+json': { schema: problem } },
  description: 'What went wrong, with a stable `code`',
} as const;
