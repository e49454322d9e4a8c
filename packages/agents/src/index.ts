export { createBackend } from './agent-backend-modules.ts';
export type { AgentBackend, BackendDeps } from './backend.ts';
export { AgentError } from './failure.ts';
export { createKnowledge, type Knowledge, type KnowledgeSource } from './faq/knowledge.ts';
