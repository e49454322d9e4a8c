import type { Agent, AgentBackendSettings, AgentTrial, HumanInteractionRules, KnowledgeEntry } from '@baton/protocol';
import { request } from './request.ts';
import type { Answer } from './request.ts';

const at = (id: string, rest = ''): string => `/api/v1/agents/${encodeURIComponent(id)}${rest}`;

export const listAgents = (): Promise<Answer<{ items: Agent[] }>> => request('GET', '/api/v1/agents');
export const readAgent = (id: string): Promise<Answer<Agent>> => request('GET', at(id));
export const createAgent = (body: { name: string; backend: AgentBackendSettings }): Promise<Answer<Agent>> =>
  request('POST', '/api/v1/agents', { body });
export const changeAgent = (
  id: string,
  body: { name?: string; backend?: AgentBackendSettings; paused?: boolean },
): Promise<Answer<Agent>> => request('PATCH', at(id), { body });

/** A webhook has up to a minute. */
export const askAgent = (id: string, text: string): Promise<Answer<AgentTrial>> =>
  request('POST', at(id, '/test'), { body: { text }, answerWithinMs: 70_000 });

export const readRules = (id: string): Promise<Answer<HumanInteractionRules>> =>
  request('GET', at(id, '/human-interaction-rules'));
export const changeRules = (id: string, body: Partial<HumanInteractionRules>): Promise<Answer<HumanInteractionRules>> =>
  request('PUT', at(id, '/human-interaction-rules'), { body });

type Written = Pick<KnowledgeEntry, 'question' | 'answer'>;
const entry = (id: string): string => `/api/v1/knowledge/${encodeURIComponent(id)}`;

export const listKnowledge = (): Promise<Answer<{ items: KnowledgeEntry[] }>> => request('GET', '/api/v1/knowledge');
export const addKnowledge = (body: Written): Promise<Answer<KnowledgeEntry>> =>
  request('POST', '/api/v1/knowledge', { body });
export const changeKnowledge = (id: string, body: Written): Promise<Answer<KnowledgeEntry>> =>
  request('PUT', entry(id), { body });
export const removeKnowledge = (id: string): Promise<Answer<undefined>> => request('DELETE', entry(id));
