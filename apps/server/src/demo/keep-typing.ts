import type { Person } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { TypingPort } from '../ports.ts';
import type { Every } from '../timing/every.ts';
import { DEMO_CREDENTIAL } from './story.ts';

const HEARTBEAT_MS = 3_000;
const HEARTBEATS = 60;

/**
 * Cleo keeps writing for three minutes, long enough for a newcomer to sign in and see the agent wait for her. Then her
 * lease ends and the agent answers, as after any teammate who thinks better of it.
 */
export function keepTyping(typing: TypingPort, key: ConversationKey, cleo: Person, every: Every): { stop: () => void } {
  let left = HEARTBEATS;
  const stop = every(HEARTBEAT_MS, () => {
    left -= 1;
    // A lost heartbeat ends the lease a little early: no harm in a demo.
    if (left > 0) void typing.beat(key, cleo, DEMO_CREDENTIAL).catch(() => {});
    else stop();
  });
  return { stop };
}
