import type { Conversation, Person, SilenceReason } from '@baton/protocol';
import { clockText, msUntil } from './countdown.ts';
import { isPlural, people } from './messages.ts';

/** *Why is the agent silent?* in words (SEE-2). */
export interface Silence {
  /** What keeps the agent silent, and who. */
  cause: string;
  /** When it resumes. */
  resumes: string;
  /** What happens then. */
  then: string;
}

/** Null where the agent answers by itself. `now` is the server's clock in ms since 1970. */
export function explainSilence(conversation: Conversation, meId: string, now: number): Silence | null {
  if (conversation.reason === null) return null;
  return EXPLAIN[conversation.reason]({ conversation, who: who(conversation, meId), meId, now });
}

interface Situation {
  conversation: Conversation;
  /** The person who caused it, to begin a sentence with. */
  who: string;
  meId: string;
  now: number;
}

const EXPLAIN: Record<SilenceReason, (situation: Situation) => Silence> = {
  typing: ({ conversation, meId }) => {
    const writers = writersOf(conversation);
    return {
      cause: `${people(writers, meId)} ${isPlural(writers, meId) ? 'are' : 'is'} writing, so the agent is silent.`,
      resumes:
        'It resumes as soon as nobody writes any more; a message that is sent keeps it silent for the human priority window.',
      then: onceItHolds(conversation),
    };
  },
  window: ({ conversation, who: person, now }) => ({
    cause: `${person} wrote to the customer: this is the human priority window.`,
    resumes: windowResumes(conversation, now),
    then: onceItHolds(conversation),
  }),
  switchedOff: ({ conversation, who: person }) => ({
    cause: `${person} switched Agent replies off in this conversation.`,
    resumes: UNTIL_HANDED_BACK,
    then: onceItHolds(conversation),
  }),
  handoffRequested: ({ conversation }) => ({
    cause: 'The agent asked for a person and switched its replies off here.',
    resumes: UNTIL_HANDED_BACK,
    then: conversation.waitingSince === null ? onceItHolds(conversation) : 'The customer is waiting for one of you.',
  }),
  agentFailed: () => ({
    cause: 'The agent failed several times in a row to make a reply.',
    resumes: 'It tries once more with each further message of the customer, or when someone hands back.',
    then: 'Until a try succeeds, the customer is waiting for one of you.',
  }),
  agentPaused: ({ conversation, who: person }) => ({
    cause: `${conversation.reasonBy ? person : 'An owner or a supervisor'} paused this agent everywhere.`,
    resumes: 'It resumes when an owner or a supervisor ends the pause in the agent’s settings.',
    then: onceItHolds(conversation),
  }),
  tooOld: () => ({
    cause: 'What the customer wrote is older than a day, so the agent leaves the answer to a person.',
    resumes: 'It resumes with the customer’s next message, or when someone hands back.',
    then: 'Until then the customer is waiting for one of you.',
  }),
  loop: () => ({
    cause: 'The agent sent more than 20 replies in ten minutes: two machines may be talking to each other.',
    resumes: 'It stays silent here until a person writes or hands back.',
    then: 'If a real customer is waiting, one of you should answer.',
  }),
  deliveryFailed: () => ({
    cause: 'The channel refused the agent’s reply, so the customer has not received it.',
    resumes: 'It resumes with the customer’s next message, or when someone hands back.',
    then: 'Send that reply anyway, or write yourself: the customer is waiting.',
  }),
};

const UNTIL_HANDED_BACK = 'It stays silent until someone hands back or switches Agent replies on; no timer ends this.';

function who(conversation: Conversation, meId: string): string {
  if (conversation.reasonBy) return people([conversation.reasonBy], meId);
  return conversation.holder.kind === 'external' ? 'Someone on another device' : 'A teammate';
}

function writersOf({ holder, reasonBy }: Conversation): Person[] {
  if (holder.kind === 'teammates' && holder.teammates.length > 0) return holder.teammates;
  return reasonBy ? [reasonBy] : [{ id: '', name: 'A teammate' }];
}

function windowResumes({ resumesAt }: Conversation, now: number): string {
  const left = msUntil(resumesAt, now);
  if (left === null) return 'It resumes when the window ends.';
  return left === 0
    ? 'The window is ending now.'
    : `It resumes in ${clockText(left)}; each further message starts the window again.`;
}

function onceItHolds({ waitingSince, status }: Conversation): string {
  if (status === 'closed') return 'The conversation is closed: the agent answers when the customer writes again.';
  return waitingSince === null
    ? 'Nobody is waiting, so it will say nothing until the customer writes.'
    : 'The customer is waiting, so it will then answer what has not been answered.';
}
