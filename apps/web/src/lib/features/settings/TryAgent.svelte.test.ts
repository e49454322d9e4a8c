import type { AgentTrial } from '@baton/protocol';
import { mount } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mounted } from '../../testing/mounted.ts';
import TryAgent from './TryAgent.svelte';

const question = page.getByRole('textbox', { name: 'Test question' });
const ask = page.getByRole('button', { name: 'Ask' });
const said = (text: RegExp) => expect.poll(() => page.getByRole('status').element().textContent).toMatch(text);

/** Answers in this order. */
function trying(...answers: AgentTrial[]): string[] {
  const asked: string[] = [];
  const answer = (text: string) => {
    asked.push(text);
    return Promise.resolve({ ok: true, data: answers.shift()! } as const);
  };
  mounted((target) => mount(TryAgent, { target, props: { ask: answer } }));
  return asked;
}

test('shows an answer with its kind, text and duration', async () => {
  const asked = trying(
    { ok: true, kind: 'reply', text: 'On its way.', reason: null, tookMs: 1_234 },
    { ok: true, kind: 'handoff', text: null, reason: 'angry', tookMs: 90 },
    { ok: true, kind: 'silence', text: null, reason: null, tookMs: 90 },
  );
  await question.fill('Where is it?');
  await ask.click();
  await said(/Reply.*1.2 s.*On its way\./s);
  await ask.click();
  await said(/Handoff to the team.*Reason: angry/s);
  await ask.click();
  await said(/No reply/);
  expect(asked).toEqual(['Where is it?', 'Where is it?', 'Where is it?']);
});

test('says why there is no answer, and what to do', async () => {
  const failed = { ok: false, error: 'x', tookMs: 1_000 } as const;
  trying(
    { ...failed, failure: { kind: 'timeout', seconds: 5 } },
    { ...failed, failure: { kind: 'status', status: 503 } },
    { ...failed, failure: { kind: 'wrongShape', detail: 'found none of them' } },
  );
  await question.fill('Where is it?');
  await ask.click();
  await said(/No answer.*within 5 seconds/s);
  await ask.click();
  await said(/HTTP 503/);
  await ask.click();
  await said(/exactly one of reply.*found none of them/s);
});

test('sends nothing without a question', async () => {
  const asked = trying();
  await ask.click();
  await question.fill('   ');
  await ask.click();
  expect(asked).toEqual([]);
});
