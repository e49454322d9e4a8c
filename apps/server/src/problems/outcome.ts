import type { Conversation, Message } from '@baton/protocol';
import type { Outcome } from '@baton/runtime';
import { Refusal } from './rejection.ts';

type Refused = Extract<Outcome, { ok: false }>;
type Done = Extract<Outcome, { ok: true }>;

/** The one place where the runtime's refusals become problems. */
export function refusalOf({ code, detail, messages }: Refused): Refusal {
  switch (code) {
    case 'stale_view':
      return new Refusal('stale_view', { messages: messages ?? [] });
    case 'stale_reply':
    case 'conflict':
      return new Refusal('conflict', { detail });
    case 'not_found':
      return new Refusal('not_found');
    case 'invalid':
      return new Refusal('invalid', { detail, errors: [] });
    case 'quarantined':
      return new Refusal('quarantined');
    case 'unavailable':
      return new Refusal('unavailable');
  }
}

/** @throws Refusal */
export function done(outcome: Outcome): Done {
  if (!outcome.ok) throw refusalOf(outcome);
  return outcome;
}

/** @throws Refusal */
export function conversationOf(outcome: Outcome): Conversation {
  return done(outcome).conversation;
}

/** For commands that always make a message. @throws Refusal */
export function messageOf(outcome: Outcome): Message {
  const { message } = done(outcome);
  if (message === null) throw new Error('a command that makes a message made none');
  return message;
}
