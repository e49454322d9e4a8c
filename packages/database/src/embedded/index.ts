export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';
export { FolderInUse } from './ownership.ts';
export { reachEmbeddedPostgres } from './reach.ts';
export { THROWAWAY } from './settings.ts';
