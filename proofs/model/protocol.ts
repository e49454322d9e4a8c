/**
 * The takeover protocol on its own: two senders, two people, one agent's message, everything that can happen between
 * any two steps. Nothing here is the product's code; it is what the product's code is built after.
 *
 * A message is committed under an epoch, claimed, sent, and marked. A person takes over or hands back. Senders may sleep
 * and crash anywhere. `view` is what a process has read and not yet acted on: what it knows may be old.
 */
export interface State {
  /** The holder: people, or the agent under this epoch. */
  held: boolean;
  epoch: number;
  /** The agent's message: not made, or with the epoch it was made in. */
  message: 'none' | 'queued' | 'sending' | 'sent' | 'withheld' | 'uncertain';
  messageEpoch: number;
  /** The agent is making its message for this epoch; null when it is not. */
  generating: number | null;
  /** The transaction that inserts the message has seen this epoch in force, and is not committed yet. */
  inserting: number | null;
  senders: [Sender, Sender];
  people: [Person, Person];
  /** A message was committed, or handed to a channel, that nobody should have. */
  badCommit: boolean;
  badSend: boolean;
  /** How often people may still act, and senders still crash: what keeps it finite. */
  turnsLeft: number;
  crashesLeft: number;
}

/** `looked`: has read that it may send. `claimed`: has committed its claim; `age` is how many moments ago. */
export interface Sender {
  at: 'idle' | 'looked' | 'claimed' | 'calling';
  age: number;
}

/** `writing`: has begun a takeover, which is not committed yet. */
export type Person = 'idle' | 'takingOver' | 'handingBack';

/** Parts that are left out one by one, to see that the explorer notices. */
export interface Protocol {
  /** The claim is an event under the same guard as a takeover; else what was true at the commit is believed. */
  claims: boolean;
  /** The trigger locks the conversation row; else it reads an epoch that a takeover may be changing. */
  locks: boolean;
  /** A sender that slept after its claim does not send; without this, a claim is a lease measured by its own clock. */
  agesClaims: boolean;
  /** A takeover withholds what is not claimed. */
  withholds: boolean;
}

export const THE_PROTOCOL: Protocol = { claims: true, locks: true, agesClaims: true, withholds: true };

/** A claim is good for so many moments; the database calls a message uncertain, and lets the next sender have it, later. */
const CLAIM_VALID = 1;
const TAKEN_FOR_DEAD = 2;

export const START: State = {
  held: false,
  epoch: 1,
  message: 'none',
  messageEpoch: 0,
  generating: 1,
  inserting: null,
  senders: [
    { at: 'idle', age: 0 },
    { at: 'idle', age: 0 },
  ],
  people: ['idle', 'idle'],
  badCommit: false,
  badSend: false,
  turnsLeft: 3,
  crashesLeft: 2,
};

export interface Action {
  name: string;
  next: State;
}

/** Everything that may happen next. */
export function actions(state: State, protocol: Protocol): Action[] {
  return [
    ...agent(state, protocol),
    ...[0, 1].flatMap((who) => sender(state, who, protocol)),
    ...[0, 1].flatMap((who) => person(state, who, protocol)),
    ...time(state),
  ];
}

function agent(state: State, { locks }: Protocol): Action[] {
  const { generating, inserting, held, epoch } = state;
  const isInForce = (made: number): boolean => !held && made === epoch;
  if (generating !== null) {
    if (!isInForce(generating))
      return [{ name: 'the agent’s reply is late: a draft', next: { ...state, generating: null } }];
    const seen = { ...state, generating: null, inserting: generating };
    // With the lock nothing comes between the look at the epoch and the commit.
    return [locks ? insert(seen, generating) : { name: 'the trigger sees the epoch in force', next: seen }];
  }
  return inserting === null ? [] : [insert(state, inserting)];
}

function insert(state: State, made: number): Action {
  const badCommit = state.badCommit || state.held || made !== state.epoch;
  const next: State = { ...state, inserting: null, message: 'queued', messageEpoch: made, badCommit };
  return { name: 'the agent’s message is committed', next };
}

// oxlint-disable-next-line complexity -- one case for each thing that a sender may be about
function sender(state: State, who: number, { claims, agesClaims }: Protocol): Action[] {
  const { message, held, epoch, messageEpoch } = state;
  const { at, age } = state.senders[who === 0 ? 0 : 1];
  const me = (now: Sender, change: Partial<State> = {}): State => ({
    ...state,
    ...change,
    senders: put(state.senders, who, now),
  });
  const name = `sender ${who + 1}`;
  const idle: Sender = { at: 'idle', age: 0 };
  const crash: Action[] =
    at !== 'idle' && state.crashesLeft > 0
      ? [{ name: `${name} crashes`, next: me(idle, { crashesLeft: state.crashesLeft - 1 }) }]
      : [];
  switch (at) {
    case 'idle':
      if (message !== 'queued' && message !== 'uncertain') return [];
      return [{ name: `${name} finds the message ${message}`, next: me({ at: 'looked', age: 0 }) }];
    case 'looked': {
      const isTaken = message !== 'queued' && message !== 'uncertain';
      const isAllowed = claims ? !held && messageEpoch === epoch : true;
      if (isTaken || !isAllowed) return [{ name: `${name} is refused`, next: me(idle) }, ...crash];
      return [
        {
          name: `${name} claims it`,
          next: me({ at: 'claimed', age: 0 }, { message: 'sending', badSend: state.badSend || held }),
        },
        ...crash,
      ];
    }
    case 'claimed': {
      if (agesClaims && age > CLAIM_VALID) {
        return [{ name: `${name} woke too late and lets go`, next: me(idle) }, ...crash];
      }
      // The call itself: allowed by its claim, unless that has been given to another since.
      const isLost = message !== 'sending' || age > TAKEN_FOR_DEAD;
      const badSend = state.badSend || isLost;
      return [
        {
          name: `${name} calls the channel`,
          next: me({ at: 'calling', age: 0 }, { badSend }),
        },
        ...crash,
      ];
    }
    case 'calling':
      return [
        { name: `${name} marks it sent`, next: me(idle, message === 'sending' ? { message: 'sent' } : {}) },
        ...crash,
      ];
  }
}

function person(state: State, who: number, { withholds }: Protocol): Action[] {
  const name = `person ${who + 1}`;
  const me = (now: Person, change: Partial<State> = {}): State => ({
    ...state,
    ...change,
    people: put(state.people, who, now),
  });
  switch (state.people[who === 0 ? 0 : 1]) {
    case 'idle': {
      if (state.turnsLeft === 0) return [];
      const turnsLeft = state.turnsLeft - 1;
      return [
        { name: `${name} begins to take over`, next: me('takingOver', { turnsLeft }) },
        { name: `${name} begins to hand back`, next: me('handingBack', { turnsLeft }) },
      ];
    }
    case 'takingOver': {
      const message = withholds && state.message === 'queued' ? 'withheld' : state.message;
      return [{ name: `${name} holds`, next: me('idle', { held: true, message }) }];
    }
    case 'handingBack': {
      const epoch = state.held ? state.epoch + 1 : state.epoch;
      return [{ name: `${name} has handed back`, next: me('idle', { held: false, epoch }) }];
    }
  }
}

/** A moment passes: claims grow old, and what a sender left behind is taken for lost. */
function time(state: State): Action[] {
  const isClaimed = state.senders.some(({ at, age }) => at === 'claimed' && age <= TAKEN_FOR_DEAD);
  const isLeft =
    state.message === 'sending' && !state.senders.some(({ at, age }) => isAtWork(at) && age < TAKEN_FOR_DEAD);
  const passes: Action[] = [];
  if (isClaimed) {
    const older = ({ at, age }: Sender): Sender => ({
      at,
      age: at === 'claimed' ? Math.min(age + 1, TAKEN_FOR_DEAD + 1) : age,
    });
    const senders: State['senders'] = [older(state.senders[0]), older(state.senders[1])];
    passes.push({ name: 'a moment passes', next: { ...state, senders } });
  }
  if (isLeft)
    passes.push({ name: 'the database calls the message uncertain', next: { ...state, message: 'uncertain' } });
  return passes;
}

function isAtWork(at: Sender['at']): boolean {
  return at === 'claimed' || at === 'calling';
}

function put<T>(pair: [T, T], which: number, value: T): [T, T] {
  return which === 0 ? [value, pair[1]] : [pair[0], value];
}
