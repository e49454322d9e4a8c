import type { Queryable } from '@baton/database/queries/queryable';
import { isTeammateSomewhere } from '@baton/database/queries/teammates';
import type { DemoAccount } from '@baton/protocol';
import { ADA, demoAccounts } from './people.ts';

/** The accounts offered by the sign-in page; none unless this server's workspace is the demo. */
export async function offeredAccounts(db: Queryable, mayBeDemo: boolean, isNew: boolean): Promise<DemoAccount[]> {
  if (!mayBeDemo) return [];
  return isNew || (await isTeammateSomewhere(db, ADA.email)) ? demoAccounts : [];
}
