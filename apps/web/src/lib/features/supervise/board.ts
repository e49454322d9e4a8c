import { unansweredReason } from '@baton/protocol';
import type { Conversation, ConversationState, UnansweredReason, Person, Presence } from '@baton/protocol';

export const COLUMNS = [
  'agentActive',
  'humanActive',
  'humanPriorityWindow',
  'agentDisabled',
] as const satisfies readonly ConversationState[];

/** What the board shows; lives in the URL, so that a filter is a link. */
export interface BoardFilter {
  agentId: string | null;
  channelId: string | null;
}

/** A conversation as the board shows it. */
export interface Card {
  conversation: Conversation;
  /** Why its customer waits and nobody will answer; null where nobody waits, or somebody is at it. */
  unanswered: UnansweredReason | null;
  /** Teammates who are writing there now. */
  writers: Person[];
  /** Other teammates who have it open; whoever looks at the board is not counted for peeking. */
  viewers: Person[];
}

export interface BoardView {
  /** *Waiting, and nobody will answer*: who waits longest first. These stand in no column. */
  unanswered: Card[];
  columns: Record<ConversationState, Card[]>;
  /** How many of each state are known, wherever they stand. */
  known: Record<ConversationState, number>;
}

type People = ReadonlyMap<string, Presence['people']>;

export function boardOf(
  conversations: Iterable<Conversation>,
  presence: People,
  filter: BoardFilter,
  meId: string,
): BoardView {
  const board: BoardView = {
    unanswered: [],
    columns: { agentActive: [], humanActive: [], humanPriorityWindow: [], agentDisabled: [] },
    known: { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 },
  };
  for (const conversation of conversations) {
    if (!isOn(conversation, filter)) continue;
    const card = cardOf(conversation, presence.get(conversation.id) ?? [], meId);
    board.known[conversation.state] += 1;
    (card.unanswered === null ? board.columns[conversation.state] : board.unanswered).push(card);
  }
  for (const cards of [board.unanswered, ...Object.values(board.columns)]) cards.sort(byUrgency);
  return board;
}

/** Open, or its customer waits: the same as the server counts. */
function isOn({ status, waitingSince, agentId, channelId }: Conversation, filter: BoardFilter): boolean {
  if (status !== 'open' && waitingSince === null) return false;
  return (filter.agentId ?? agentId) === agentId && (filter.channelId ?? channelId) === channelId;
}

export function cardOf(conversation: Conversation, people: Presence['people'], meId: string): Card {
  const team = people.filter(({ kind }) => kind === 'teammate');
  const { state, holder } = conversation;
  const holders = state === 'humanActive' && holder.kind === 'teammates' ? holder.teammates : [];
  const writers = distinct([...holders, ...team.filter(({ typing }) => typing)]);
  const viewers = team.filter(({ id }) => id !== meId && writers.every((writer) => writer.id !== id)).map(toPerson);
  // Whoever is at the keyboard there is somebody.
  return { conversation, unanswered: writers.length === 0 ? unansweredReason(conversation) : null, writers, viewers };
}

/** Do two or more people meet there: with their pens, or with their eyes? */
export function contentionOf({ writers, viewers }: Card): 'writing' | 'viewing' | null {
  if (writers.length > 1) return 'writing';
  return writers.length + viewers.length > 1 ? 'viewing' : null;
}

/** Who is to see to what the team holds. Undefined while somebody writes there, or the agent or a person holds it. */
export function assigneeOf({ conversation, writers }: Card, teammates: readonly Person[]): Person | undefined {
  const { holder, assigneeId } = conversation;
  if (writers.length > 0 || holder.kind !== 'team') return undefined;
  return teammates.find(({ id }) => id === assigneeId);
}

/** Nobody waits yet, but whoever writes next would: the agent holds it and is paused. */
export function isPaused({ conversation, unanswered }: Card): boolean {
  return conversation.reason === 'agentPaused' && unanswered === null;
}

const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** Switched off, and for an hour nobody has written or come: left off by mistake? `now` in ms since 1970. */
export function isForgotten({ conversation, writers, viewers }: Card, now: number): boolean {
  if (conversation.state !== 'agentDisabled' || writers.length + viewers.length > 0) return false;
  const { stateSince, lastMessage } = conversation;
  const lastAt = Math.max(Date.parse(stateSince), lastMessage === null ? 0 : Date.parse(lastMessage.createdAt));
  return now - lastAt >= FORGOTTEN_AFTER_MS;
}

const SOON_MS = 10_000;

/** Does the agent come back within ten seconds? */
export function endsSoon({ resumesAt }: Conversation, now: number): boolean {
  return resumesAt !== null && Date.parse(resumesAt) - now <= SOON_MS;
}

/** Who waits longest, then whose window ends first, then what has stood for longest. */
function byUrgency({ conversation: a }: Card, { conversation: b }: Card): number {
  return (
    earlier(a.waitingSince, b.waitingSince) ||
    earlier(a.resumesAt, b.resumesAt) ||
    earlier(a.stateSince, b.stateSince) ||
    earlier(a.id, b.id)
  );
}

/** ISO times and ids sort as texts; what has none comes last. */
function earlier(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, toPerson(person)])).values()];
}

function toPerson({ id, name }: Person): Person {
  return { id, name };
}
