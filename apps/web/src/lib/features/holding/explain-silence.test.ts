import { silenceReason } from '@baton/protocol';
import { describe, expect, test } from 'vitest';
import { conversationOf } from '../../inbox/view/testing/conversation-history.ts';
import { explainSilence } from './explain-silence.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const WAITING = '2026-01-01T11:59:00Z';
const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const text = (fields: Parameters<typeof conversationOf>[0], meId = 'me'): string =>
  Object.values(explainSilence(conversationOf(fields), meId, NOW) ?? {})
    .filter(Boolean)
    .join(' ');

describe('why is the agent silent', () => {
  test('[SEE-2] states cause, resumption and consequence for every reason, in sentences', () => {
    for (const reason of silenceReason.options) {
      const silence = explainSilence(conversationOf({ reason, reasonBy: ana, waitingSince: WAITING }), 'me', NOW)!;
      expect([silence.cause, silence.resumes, silence.then]).toEqual(
        Array(3).fill(expect.stringMatching(/^[A-Z].*[.]$/)),
      );
    }
  });

  test('[SEE-2] explains nothing where the agent answers', () => {
    expect(explainSilence(conversationOf({ reason: null }), 'me', NOW)).toBeNull();
  });

  test('[SEE-2] names everyone who is typing, and oneself as you', () => {
    const holder = { kind: 'teammates' as const, teammates: [ana, ben] };
    expect(text({ reason: 'typing', holder })).toContain('Ana and Ben are typing');
    expect(text({ reason: 'typing', holder }, 'ben')).toContain('Ana and you are typing');
    expect(text({ reason: 'typing', holder: { kind: 'teammates', teammates: [ben] } })).toContain('Ben is typing');
    expect(text({ reason: 'typing', holder: { kind: 'teammates', teammates: [ben] } }, 'ben')).toContain(
      'You’re typing',
    );
  });

  test('[SEE-2] names the person of the window, its time left and what follows', () => {
    const fields = { reason: 'window' as const, reasonBy: ana, resumesAt: '2026-01-01T12:00:23.200Z' };
    expect(text(fields)).toBe('Ana just replied. The agent stays quiet for another 0:24.');
    expect(text({ ...fields, waitingSince: WAITING })).toContain('Then it answers anything still open.');
    expect(text({ ...fields, resumesAt: '2026-01-01T11:59:59Z' })).toContain('The agent is about to be back.');
  });

  test('[SEE-2] says that an echo was sent outside Baton', () => {
    expect(text({ reason: 'window', holder: { kind: 'external' } })).toContain('Someone outside Baton just replied');
  });

  test('[SEE-2] [HOLD-10] says that only a hand-back turns the agent on again', () => {
    const off = { reason: 'switchedOff' as const, reasonBy: ana };
    expect(text(off)).toBe('Ana turned the agent off here. The agent is off until someone hands back.');
    expect(text(off, 'ana')).toContain('You’re handling this conversation.');
  });

  test('[SEE-2] [HOLD-15] leaves the next message to the team where it was resolved while off', () => {
    for (const reason of ['switchedOff', 'handoffRequested'] as const) {
      expect(text({ reason, status: 'closed' })).toContain('new messages go to the team');
      expect(text({ reason, status: 'closed' })).not.toContain('the agent answers');
    }
    expect(text({ reason: 'window', status: 'closed' })).toContain('the agent answers when the customer writes again');
  });

  test('[SEE-2] [HOLD-18] names who can end a pause', () => {
    expect(text({ reason: 'agentPaused', reasonBy: ana })).toContain('Ana paused this agent.');
    expect(text({ reason: 'agentPaused' })).toContain('An owner or supervisor can resume it');
  });
});
