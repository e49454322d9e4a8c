import { id, type ProblemCode } from '@baton/protocol';
import { z } from '@hono/zod-openapi';

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

/** Problems that an operation answers for reasons of its own; `problem-responses.ts` adds those that follow from its shape. */
export function problems(...codes: ProblemCode[]) {
  return { 'x-problems': codes };
}
