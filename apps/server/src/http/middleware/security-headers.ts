import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ApiEnv } from '../api-env.ts';

type ContentSecurityPolicy = NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy'];

/** Answers of the API are data: nothing in them may run, frame or be kept. */
export function securityHeaders(
  publicUrl: string,
  policy: ContentSecurityPolicy = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
): MiddlewareHandler<ApiEnv> {
  const isHttps = new URL(publicUrl).protocol === 'https:';
  return secureHeaders({
    contentSecurityPolicy: policy,
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isHttps ? 'max-age=31536000' : false,
  });
}

export const neverKept: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};
