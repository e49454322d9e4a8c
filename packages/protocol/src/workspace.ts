import { z } from 'zod';
import { role } from './role.ts';
import { displayName, id, isStorable, time } from './text.ts';

export const workspace = z.object({ id, name: z.string() });

export const teammate = z.object({ id, name: z.string(), email: z.string(), role }).meta({ id: 'Teammate' });
export type Teammate = z.infer<typeof teammate>;

export const me = z.object({ teammate, workspace, role });
/** Fields that people change about themselves. */
export const changeMe = z.strictObject({ name: displayName });
export type Me = z.infer<typeof me>;

const email = z.email().max(254);
const password = z.string().min(8).max(128).refine(isStorable, { error: 'must be well-formed Unicode without NUL' });

export const createTeammate = z.strictObject({ name: displayName, email, password, role });
export const changeTeammate = z.strictObject({ role });

export const createApiKey = z.strictObject({ name: displayName, teammateId: id });
export const apiKey = z.object({ id, key: z.string() });
/** An API key after its creation, without the key itself. */
export const apiKeyEntry = z.object({ id, name: z.string(), teammateId: id, createdAt: time });
export type ApiKeyEntry = z.infer<typeof apiKeyEntry>;

/** The first visit of a server without a workspace; `token` stands in the server's log. */
export const setUp = z.strictObject({
  token: z.string().max(200),
  workspaceName: displayName,
  name: displayName,
  email,
  password,
});
export const demoAccount = z.object({ name: z.string(), email: z.string(), password: z.string(), role });
export type DemoAccount = z.infer<typeof demoAccount>;
export const setupState = z.object({
  needed: z.boolean(),
  /** Only of a demo workspace on a loopback address. */
  demoAccounts: z.array(demoAccount).optional(),
});
