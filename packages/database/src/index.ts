export { type Connections, type Database, type DatabaseAddress, connect } from './connect.ts';
export { migrate, migrationsFolder } from './migrate.ts';
export { authSchema } from './schema/auth.ts';
