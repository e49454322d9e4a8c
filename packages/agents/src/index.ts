export type { AgentBackend } from './backend.ts';
export { createBackend, type BackendDeps } from './create-backend.ts';
export { AgentError, type AgentFailure } from './failure.ts';
export { createKnowledge, type Knowledge, type KnowledgeSource } from './faq/knowledge.ts';
