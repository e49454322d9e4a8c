import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../api-env.ts';
import { Rejection } from '../../problems/rejection.ts';

/**
 * Rejects a body above `maxBytes`: by its Content-Length, which Node enforces, else by reading it first. Hono's own
 * middleware wraps the request in another one, which the lightweight requests of its Node adapter do not allow.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const announced = c.req.header('content-length');
    if (announced !== undefined && Number(announced) > maxBytes) throw new Rejection('too_large');
    if (announced === undefined && c.req.raw.body !== null) {
      const { method, headers, body } = c.req.raw;
      const read = await readAtMost(body, maxBytes);
      c.req.raw = new Request(c.req.url, { method, headers, ...(read.byteLength > 0 ? { body: read } : {}) });
    }
    await next();
  };
}

async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Rejection('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
