export { type RulesPatch, changeRules } from './change-rules.ts';
export { type Connections, type Database, type DatabaseAddress, connect } from './connect.ts';
export { type Lifted, liftQuarantine } from './lift-quarantine.ts';
export { migrate, migrationsFolder } from './migrate.ts';
export { type Opening, openConversation } from './open-conversation.ts';
export { authSchema } from './schema/auth.ts';
export { indexWords } from './search/index-words.ts';
export { PostgresStore } from './store/postgres-store.ts';
export { isUnavailable } from './store/unavailable.ts';
