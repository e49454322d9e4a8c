import { z } from 'zod';
import { role } from './permission.ts';
import { displayName, id } from './text.ts';

export const workspace = z.object({ id, name: z.string() });

export const teammate = z.object({ id, name: z.string(), email: z.string(), role });
export type Teammate = z.infer<typeof teammate>;

export const me = z.object({ teammate, workspace, role });
export type Me = z.infer<typeof me>;

export const createTeammate = z.strictObject({
  name: displayName,
  email: z.email().max(254),
  password: z.string().min(8).max(128),
  role,
});
export const createApiKey = z.strictObject({ name: displayName, teammateId: id });
export const apiKey = z.object({ id, key: z.string() });
