import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ApiEnv } from '../api-env.ts';

type ContentSecurityPolicy = NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy'];

/** API answers are data, so browsers must not run or frame them. */
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

export const noStore: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};
