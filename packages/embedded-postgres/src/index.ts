export { connectEmbeddedPostgres } from './connect.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';
export { FolderInUse } from './ownership.ts';
export { type Settings, THROWAWAY } from './settings.ts';
