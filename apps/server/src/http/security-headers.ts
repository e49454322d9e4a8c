import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ApiEnv } from './api-env.ts';

/** Answers of the API are data: nothing in them may run, frame or be kept. */
export function securityHeaders(publicUrl: string): MiddlewareHandler<ApiEnv> {
  const isHttps = new URL(publicUrl).protocol === 'https:';
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isHttps ? 'max-age=31536000' : false,
  });
}

export const neverKept: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};
