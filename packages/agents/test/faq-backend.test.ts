import { describe, expect, it } from 'vitest';
import type { KnowledgeEntry } from '@baton/protocol';
import { createOutboundClient } from '@baton/outbound-http';
import { createBackend } from '../src/agent-backend-modules.ts';
import { createKnowledge, type KnowledgeSource } from '../src/faq/knowledge.ts';
import { PHRASES } from '../src/faq/phrases.ts';
import { backendContract } from './backend-contract.ts';
import { answerTo, SHOP } from './knowledge-fixture.ts';
import { message, requestOf } from './requests.ts';

const signal = new AbortController().signal;

const holding = (entries: KnowledgeEntry[]): KnowledgeSource => ({
  knowledgeVersion: async () => '1',
  loadKnowledge: async () => entries,
});
const http = createOutboundClient({ allowPrivateNetwork: false });
const faq = (source: KnowledgeSource) =>
  createBackend({ kind: 'faq' }, { knowledge: createKnowledge(source), http, now: Date.now });
const shop = () => faq(holding(SHOP));
const QUESTION = 'What are your opening hours?';

describe('the faq agent', () => {
  backendContract({
    secrets: ['hunter2'],
    answering: async () => ({ backend: shop(), request: requestOf(QUESTION), text: answerTo(QUESTION) }),
    handingOff: async () => ({ backend: shop(), request: requestOf('Can I talk to a person?') }),
    silent: async () => ({ backend: shop(), request: requestOf('ok') }),
    malformed: async () => {
      const broken = [{ ...SHOP[0]!, answer: 'hunter2 \u0000' }];
      return { backend: faq(holding(broken)), request: requestOf(QUESTION) };
    },
    failing: async () => {
      const loadKnowledge = () => Promise.reject(new Error('password hunter2 refused'));
      return { backend: faq({ ...holding([]), loadKnowledge }), request: requestOf(QUESTION) };
    },
    hanging: async () => {
      const asked = Promise.withResolvers<void>();
      const loadKnowledge = () => {
        asked.resolve();
        return new Promise<never>(() => {});
      };
      const backend = faq({ ...holding([]), loadKnowledge });
      return { backend, request: requestOf(QUESTION), waiting: asked.promise, released: Promise.resolve() };
    },
  });

  it('[HOLD-11] stays silent on an instruction without a waiting customer', async () => {
    const request = { ...requestOf(), facts: ['Ann handed back: offer a refund'] };
    expect(await shop().reply(request, signal)).toEqual({ kind: 'silence' });
  });

  it('answers the waiting messages, not earlier ones', async () => {
    const request = requestOf('thanks');
    request.transcript = [message(-1, 'customer', QUESTION), message(0, 'agent', 'an answer'), ...request.waiting];
    expect(await shop().reply(request, signal)).toEqual({ kind: 'reply', text: PHRASES.en.welcome });
  });

  it('takes the language from earlier messages when the waiting ones show none', async () => {
    const request = requestOf('12345');
    request.transcript = [message(-1, 'customer', '¿Dónde está mi pedido?'), message(0, 'teammate', 'hello there')];
    expect(await shop().reply(request, signal)).toMatchObject({ kind: 'handoff', text: PHRASES.es.unknown });
  });
});
