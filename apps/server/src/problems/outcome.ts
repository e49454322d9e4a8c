import type { Conversation, Message } from '@baton/protocol';
import type { Outcome } from '@baton/runtime';
import { Rejection } from './rejection.ts';

type RejectedOutcome = Extract<Outcome, { ok: false }>;
type Done = Extract<Outcome, { ok: true }>;

/** Maps the runtime's rejections to problems, for HTTP and sockets. */
export function rejectionOf({ code, detail, messages }: RejectedOutcome): Rejection {
  switch (code) {
    case 'stale_view':
      return new Rejection('stale_view', { messages: messages ?? [] });
    case 'stale_reply':
    case 'conflict':
      return new Rejection('conflict', { detail });
    case 'not_found':
      return new Rejection('not_found');
    case 'invalid':
      return new Rejection('invalid', { detail, errors: [] });
    case 'quarantined':
      return new Rejection('quarantined');
    case 'unavailable':
      return new Rejection('unavailable');
  }
}

/** @throws Rejection */
export function done(outcome: Outcome): Done {
  if (!outcome.ok) throw rejectionOf(outcome);
  return outcome;
}

/** @throws Rejection */
export function conversationOf(outcome: Outcome): Conversation {
  return done(outcome).conversation;
}

/** The message of a command that always creates one. @throws Rejection */
export function messageOf(outcome: Outcome): Message {
  const { message } = done(outcome);
  if (message === null) throw new Error('the command created no message');
  return message;
}
