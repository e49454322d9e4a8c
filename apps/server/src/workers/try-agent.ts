import { AgentError } from '@baton/agents';
import type { AgentTrial, Message, ReplyRequest } from '@baton/protocol';
import { v7 } from 'uuid';
import type { AgentTrials } from '../ports.ts';
import type { AgentBackendRegistry } from './agent-backend-registry.ts';

/** Asks an agent a test question as a conversation would, but stores, sends and counts nothing. */
export function agentTrials(backends: Pick<AgentBackendRegistry, 'find'>): AgentTrials {
  return {
    async ask({ workspaceId, agentId }, question, signal) {
      const agent = await backends.find(workspaceId, agentId);
      if (!agent) return null;
      const began = performance.now();
      const tookMs = () => Math.round(performance.now() - began);
      try {
        const reply = await agent.backend.reply(sample(question), signal);
        return { ok: true, text: null, reason: null, ...reply, tookMs: tookMs() } satisfies AgentTrial;
      } catch (error) {
        if (!(error instanceof AgentError)) throw error;
        return { ok: false, failure: error.failure, error: error.message, tookMs: tookMs() } satisfies AgentTrial;
      }
    },
  };
}

/** A request with one unanswered question. The fact lets a backend with side effects hold back. */
function sample(question: string): ReplyRequest {
  const conversationId = v7();
  const message: Message = {
    id: v7(),
    conversationId,
    seq: 1,
    author: { kind: 'customer', id: null, name: 'Test' },
    note: false,
    text: question,
    createdAt: new Date().toISOString(),
    revision: 1,
    delivery: null,
    retrying: false,
    clientMessageId: null,
  };
  const facts = ['This is a test from the settings: there is no customer, and the answer goes nowhere.'];
  return { conversationId, turn: 1, waiting: [message], transcript: [message], facts };
}
