import { resolve } from 'node:path';
import { z } from 'zod';
import { logLevel, type LogLevel } from './logging/log-level.ts';
import { NO_PROXIES, trustedProxies, type TrustedProxies } from './http/middleware/client-address.ts';

/** The parsed environment. Nothing else reads `process.env`. */
export interface Config {
  host: string;
  /** 0 takes any free port, for tests. */
  port: number;
  /** The origin that users see; null derives it from host and port. */
  publicUrl: string | null;
  /** Null starts the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** Null for one node, or for several that share only the database. */
  redisUrl: string | null;
  /** An absolute path. */
  dataDir: string;
  /** Null generates one in `dataDir`. */
  secretKey: string | null;
  admin: { email: string; password: string; apiKey: string | null } | null;
  allowPrivateNetwork: boolean;
  /** Proxies whose `X-Forwarded-For` is trusted. */
  trustedProxies: TrustedProxies;
  metricsToken: string | null;
  logLevel: LogLevel;
  /** Vite inside the server, with hot reload. */
  development: boolean;
  /** The root of the clone, which contains the built pages. */
  root: string;
}

/** Names the variables that an operator must fix, one line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const secret = (least: number) => z.string().min(least, { error: `must be at least ${least} characters long` });

const environment = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, { error: 'must be a port number' })
      .transform(Number)
      .refine((port) => port <= 65_535, { error: 'must be a port number' })
      .default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .refine((url) => new URL(url).pathname === '/', { error: 'must be an origin without a path' })
      .transform((url) => new URL(url).origin)
      .optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' }).optional(),
    DATA_DIR: z.string().default('.data'),
    SECRET_KEY: secret(16).optional(),
    ADMIN_EMAIL: z.email({ error: 'must be an e-mail address' }).optional(),
    ADMIN_PASSWORD: secret(8).max(128, { error: 'must be at most 128 characters long' }).optional(),
    ADMIN_API_KEY: secret(8).optional(),
    ALLOW_PRIVATE_NETWORK: z
      .stringbool({
        truthy: ['1', 'true', 'yes', 'on'],
        falsy: ['0', 'false', 'no', 'off'],
        error: 'must be on or off',
      })
      .default(false),
    TRUSTED_PROXIES: z
      .string()
      .transform(trustedProxies)
      .refine((proxies) => proxies !== null, {
        error: 'must be addresses or networks such as 10.0.0.0/8, loopback or private, separated by commas',
      })
      .optional(),
    METRICS_TOKEN: secret(8).optional(),
    LOG_LEVEL: logLevel.default('info'),
    BATON_DEV: z.literal('1').optional(),
    BATON_ROOT: z.string().optional(),
  })
  .superRefine((env, context) => {
    const need = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (env.DATABASE_URL && !env.SECRET_KEY) {
      need('SECRET_KEY', 'is needed with DATABASE_URL: every node must have the same one');
    }
    if (env.ADMIN_PASSWORD && !env.ADMIN_EMAIL) need('ADMIN_EMAIL', 'is needed with ADMIN_PASSWORD');
    if (env.ADMIN_EMAIL && !env.ADMIN_PASSWORD) need('ADMIN_PASSWORD', 'is needed with ADMIN_EMAIL');
    if (env.ADMIN_API_KEY && !env.ADMIN_EMAIL) need('ADMIN_EMAIL', 'is needed with ADMIN_API_KEY');
  });

/** @throws ConfigError with every invalid variable and the reason, never with its value, which may be a secret */
export function readConfig(variables: Record<string, string | undefined>, workingDirectory: string): Config {
  // Compose files pass unset variables as empty strings.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(['The environment is not right:', ...lines].join('\n'));
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    dataDir: resolve(workingDirectory, env.DATA_DIR),
    secretKey: env.SECRET_KEY ?? null,
    admin:
      env.ADMIN_EMAIL && env.ADMIN_PASSWORD
        ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD, apiKey: env.ADMIN_API_KEY ?? null }
        : null,
    allowPrivateNetwork: env.ALLOW_PRIVATE_NETWORK,
    trustedProxies: env.TRUSTED_PROXIES ?? NO_PROXIES,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    development: env.BATON_DEV === '1',
    root: env.BATON_ROOT ?? workingDirectory,
  };
}

/** The origin of a server that listens there, unless `PUBLIC_URL` is set. */
export function addressOf(host: string, port: number): string {
  // Browsers cannot open the wildcard address.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`).origin;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}
