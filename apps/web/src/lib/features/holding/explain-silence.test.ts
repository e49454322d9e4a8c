import { silenceReason } from '@baton/protocol';
import { describe, expect, test } from 'vitest';
import { conversationOf } from '../../inbox/view/testing/conversation-history.ts';
import { explainSilence } from './explain-silence.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const words = (fields: Parameters<typeof conversationOf>[0], meId = 'me'): string =>
  Object.values(explainSilence(conversationOf(fields), meId, NOW) ?? {}).join(' ');

describe('why is the agent silent', () => {
  test('[SEE-2] every reason says what keeps it silent, when it resumes and what happens then', () => {
    for (const reason of silenceReason.options) {
      const silence = explainSilence(conversationOf({ reason, reasonBy: ana }), 'me', NOW);
      for (const sentence of Object.values(silence!)) expect(sentence).toMatch(/^[A-Z].*[.]$/);
    }
  });

  test('[SEE-2] where the agent answers by itself there is nothing to explain', () => {
    expect(explainSilence(conversationOf({ reason: null }), 'me', NOW)).toBeNull();
  });

  test('[SEE-2] all who write are named, oneself as you', () => {
    const holder = { kind: 'teammates' as const, teammates: [ana, ben] };
    expect(words({ reason: 'typing', holder })).toContain('Ana and Ben are writing');
    expect(words({ reason: 'typing', holder }, 'ben')).toContain('Ana and you are writing');
    expect(words({ reason: 'typing', holder: { kind: 'teammates', teammates: [ben] } })).toContain('Ben is writing');
    expect(words({ reason: 'typing', holder: { kind: 'teammates', teammates: [ben] } }, 'ben')).toContain(
      'You are writing',
    );
  });

  test('[SEE-2] the window names its person, counts down on the server clock and says what follows', () => {
    const fields = { reason: 'window' as const, reasonBy: ana, resumesAt: '2026-01-01T12:00:23.200Z' };
    expect(words(fields)).toContain('Ana wrote to the customer');
    expect(words(fields)).toContain('It resumes in 0:24');
    expect(words(fields)).toContain('Nobody is waiting');
    expect(words({ ...fields, waitingSince: '2026-01-01T11:59:00Z' })).toContain('answer what has not been answered');
    expect(words({ ...fields, resumesAt: '2026-01-01T11:59:59Z' })).toContain('The window is ending now');
  });

  test('[SEE-2] an echo from another device is said to be one', () => {
    expect(words({ reason: 'window', holder: { kind: 'external' } })).toContain('Someone on another device wrote');
  });

  test('[SEE-2] [HOLD-10] off says that no timer ends it', () => {
    expect(words({ reason: 'switchedOff', reasonBy: ana })).toContain('Ana switched Agent replies off');
    expect(words({ reason: 'switchedOff', reasonBy: ana })).toContain('no timer ends this');
  });

  test('[SEE-2] [HOLD-15] closed while off, nobody is told that the agent will answer the next message', () => {
    for (const reason of ['switchedOff', 'handoffRequested'] as const) {
      expect(words({ reason, status: 'closed' })).toContain('when the customer writes again, it is for the team');
      expect(words({ reason, status: 'closed' })).not.toContain('the agent answers');
    }
    expect(words({ reason: 'window', status: 'closed' })).toContain('the agent answers when the customer writes again');
  });

  test('[SEE-2] [HOLD-18] a pause names who can end it', () => {
    expect(words({ reason: 'agentPaused', reasonBy: ana })).toContain('Ana paused this agent everywhere');
    expect(words({ reason: 'agentPaused' })).toContain('an owner or a supervisor ends the pause');
  });
});
