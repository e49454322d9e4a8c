import { findByApiKey, findMembership } from '@baton/database/queries/credentials';
import { type Database, authSchema } from '@baton/database';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { hashPassword } from 'better-auth/crypto';
import { v7 } from 'uuid';
import { ADDRESS_HEADER } from './address-header.ts';
import type { Caller } from './caller.ts';
import { sharedLookup } from '../timing/shared-lookup.ts';
import { hashSecret } from '@baton/channels';
import { answerSignIn } from './sign-in.ts';

/** Identifies the caller of an HTTP request or a socket. */
export interface Auth {
  /**
   * Signs in and out: answers `/api/auth/*`. The address is the socket's, for the limits on guessing.
   * @throws Rejection, or whatever the database throws
   */
  handle(request: Request, address: string | null): Promise<Response>;
  /**
   * By `Authorization: Bearer KEY`, else by the session cookie. Null for everything that is not, or no longer, a
   * credential of a teammate. @throws when the database is away
   */
  authenticate(headers: Headers): Promise<Caller | null>;
  /** The stored form of a password. */
  hashPassword(password: string): Promise<string>;
}

export interface AuthParts {
  db: Database;
  /** Signs the cookies. */
  secretKey: string;
  publicUrl: string;
  trustedOrigins: string[];
}

export function createAuth(parts: AuthParts): Auth {
  const findKey = sharedLookup((keyHash) => findByApiKey(parts.db, keyHash));
  const people = signInService(parts);
  return {
    handle: (request, address) => answerSignIn({ db: parts.db, handler: people.handler }, request, address),
    hashPassword,
    async authenticate(headers) {
      const authorization = headers.get('authorization');
      if (authorization !== null) return byApiKey(findKey, authorization);
      if (!headers.has('cookie')) return null;
      const found = await people.api.getSession({ headers, query: { disableRefresh: true } });
      const membership = found && (await findMembership(parts.db, found.user.id));
      return membership && { ...membership, via: 'session', sessionId: found.session.id };
    },
  };
}

type FindKey = (keyHash: string) => ReturnType<typeof findByApiKey>;

async function byApiKey(findKey: FindKey, authorization: string): Promise<Caller | null> {
  const key = /^Bearer +(\S{1,500})$/i.exec(authorization)?.[1];
  if (key === undefined) return null;
  const found = await findKey(hashSecret(key));
  return found && { ...found, via: 'apiKey' };
}

const DAY_SECONDS = 86_400;

function signInService({ db, secretKey, publicUrl, trustedOrigins }: AuthParts) {
  return betterAuth({
    appName: 'Baton',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secretKey,
    trustedOrigins,
    telemetry: { enabled: false },
    // Errors come to us: a database that is away must be answered as such, and nothing may be said of the rest.
    onAPIError: { throw: true },
    logger: { disabled: true },
    database: drizzleAdapter(db, { provider: 'pg', schema: authSchema }),
    // Strangers cannot sign up: owners add teammates.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: {
      expiresIn: 30 * DAY_SECONDS,
      // A session ends on its day: no request prolongs it, so none needs to answer with a cookie.
      disableSessionRefresh: true,
      // A cache in the cookie would outlive a revocation.
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      session: {
        create: {
          // A revoked teammate's password may still be right.
          before: async (session) => (await findMembership(db, session.userId)) !== null,
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': { window: 10, max: 20 }, '/change-password': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'baton',
      useSecureCookies: new URL(publicUrl).protocol === 'https:',
      // Said out loud, because their defaults follow TEST and NODE_ENV.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => v7() },
    },
  });
}
