import type { Conversation, Person, SilenceReason } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import { clockText, msUntil } from './countdown.ts';
import { people, subjectOf } from './labels.ts';

/** The answer to *Why is the agent silent?* (SEE-2), in up to three sentences. */
export interface Silence {
  /** Why, and because of whom. */
  cause: string;
  /** When it resumes. */
  resumes: string;
  /** The next step of the agent; null if it has nothing to answer. */
  then: string | null;
}

/**
 * Null where the agent answers.
 * @param now the server's time in ms since 1970
 */
export function explainSilence(conversation: Conversation, meId: string, now: number): Silence | null {
  if (conversation.reason === null) return null;
  return EXPLAIN[conversation.reason]({ conversation, cause: causeOf(conversation, meId), meId, now });
}

interface Situation {
  conversation: Conversation;
  /** The person who caused it, as the subject of a sentence. */
  cause: { names: string; who: 'you' | 'one' };
  meId: string;
  now: number;
}

const EXPLAIN: Record<SilenceReason, (situation: Situation) => Silence> = {
  typing: ({ conversation, meId }) => {
    const writers = writersOf(conversation);
    return {
      cause: m.silence_typing_cause({ names: people(writers, meId), who: subjectOf(writers, meId) }),
      resumes: m.silence_typing_resumes(),
      then: onceItHolds(conversation),
    };
  },
  window: ({ conversation, cause, now }) => ({
    cause: m.silence_window_cause(cause),
    resumes: windowResumes(conversation, now),
    then: onceItHolds(conversation),
  }),
  switchedOff: ({ conversation, cause }) => ({
    cause: m.silence_switched_off_cause(cause),
    resumes: m.silence_until_handed_back(),
    then: onceHandedBack(conversation),
  }),
  handoffRequested: ({ conversation }) => ({
    cause: m.silence_handoff_cause(),
    resumes: m.silence_until_handed_back(),
    then: conversation.waitingSince === null ? onceHandedBack(conversation) : m.silence_handoff_then(),
  }),
  agentFailed: () => ({
    cause: m.silence_failed_cause(),
    resumes: m.silence_failed_resumes(),
    then: m.silence_failed_then(),
  }),
  agentPaused: ({ conversation, cause }) => ({
    cause: m.silence_paused_cause(conversation.reasonBy ? cause : { names: m.silence_a_supervisor(), who: 'one' }),
    resumes: m.silence_paused_resumes(),
    then: onceItHolds(conversation),
  }),
  tooOld: () => ({
    cause: m.silence_too_old_cause(),
    resumes: m.silence_next_message_resumes(),
    then: m.silence_too_old_then(),
  }),
  loop: () => ({ cause: m.silence_loop_cause(), resumes: m.silence_loop_resumes(), then: m.silence_loop_then() }),
  deliveryFailed: () => ({
    cause: m.silence_delivery_failed_cause(),
    resumes: m.silence_next_message_resumes(),
    then: m.silence_delivery_failed_then(),
  }),
  quarantined: () => ({
    cause: m.silence_quarantined_cause(),
    resumes: m.silence_quarantined_resumes(),
    then: m.silence_quarantined_then(),
  }),
};

function causeOf({ reasonBy, holder }: Conversation, meId: string): Situation['cause'] {
  if (reasonBy) return { names: reasonBy.name, who: reasonBy.id === meId ? 'you' : 'one' };
  return { names: holder.kind === 'external' ? m.silence_outside_baton() : m.silence_a_teammate(), who: 'one' };
}

function writersOf({ holder, reasonBy }: Conversation): Person[] {
  if (holder.kind === 'teammates' && holder.teammates.length > 0) return holder.teammates;
  return reasonBy ? [reasonBy] : [{ id: '', name: m.silence_a_teammate() }];
}

function windowResumes({ resumesAt }: Conversation, now: number): string {
  const left = msUntil(resumesAt, now);
  if (left === null) return m.silence_window_resumes();
  return left === 0 ? m.silence_window_ending() : m.silence_window_resumes_in({ left: clockText(left) });
}

function onceItHolds({ waitingSince, status }: Conversation): string | null {
  if (status === 'closed') return m.silence_then_resolved();
  return waitingSince === null ? null : m.silence_then_answers();
}

/** Closing does not switch the agent on again (HOLD-15): the team answers the customer's next message. */
function onceHandedBack(conversation: Conversation): string | null {
  return conversation.status === 'closed' ? m.silence_then_resolved_off() : onceItHolds(conversation);
}
