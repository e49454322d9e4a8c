import type { Database } from '@baton/database';
import { hasWorkspace } from '@baton/database/queries/workspaces';
import type { Logger } from 'pino';
import type { Auth } from '../auth/auth.ts';
import { createFirstWorkspace } from '../auth/create-workspace.ts';
import { setupToken, type SetupToken } from '../auth/setup-token.ts';
import { isLoopback, type Config } from '../config.ts';

/** Only people at this machine may use the demo's accounts. */
export function mayBeDemo({ databaseUrl, admin, host }: Pick<Config, 'databaseUrl' | 'admin' | 'host'>): boolean {
  return databaseUrl === null && admin === null && isLoopback(host);
}

export interface FirstStartParts {
  config: Pick<Config, 'databaseUrl' | 'admin' | 'host'>;
  db: Database;
  auth: Pick<Auth, 'hashPassword'>;
}

/**
 * - `ready`: there is a workspace, perhaps just made for `ADMIN_*`
 * - `demo`: there is none yet, and it is to be filled with the demo
 * - `setup`: there is none yet; the first visitor makes it with the token from the log
 */
export async function firstStart({ config, db, auth }: FirstStartParts): Promise<'ready' | 'demo' | 'setup'> {
  if (await hasWorkspace(db)) return 'ready';
  if (mayBeDemo(config)) return 'demo';
  if (!config.admin) return 'setup';
  const { email, password, apiKey } = config.admin;
  const owner = { name: nameFrom(email), email, password };
  // Null where another node was faster, which is as good.
  await createFirstWorkspace({ db, auth }, { name: 'Inbox', owner, apiKey: apiKey ?? undefined });
  return 'ready';
}

/** `ada.moreau@example.com` is Ada Moreau until she says otherwise. */
function nameFrom(email: string): string {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ') || email;
}

/** Only an operator reads the log. */
export function offerSetUp(needed: boolean, secretKey: string, address: string, logger: Logger): SetupToken {
  const token = setupToken(needed ? secretKey : null);
  // The field must not be called `token`: those are blotted out.
  if (token.value !== null) {
    logger.warn(`There is no workspace yet. Open ${address} and set it up with ${token.value}`);
  }
  return token;
}
