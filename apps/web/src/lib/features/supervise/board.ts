import { unansweredReason } from '@baton/protocol';
import type { Conversation, ConversationState, UnansweredReason, Person, Presence } from '@baton/protocol';

export const COLUMNS = [
  'agentActive',
  'humanActive',
  'humanPriorityWindow',
  'agentDisabled',
] as const satisfies readonly ConversationState[];

/** The filter of the board. It lives in the URL, so that it can be linked. */
export interface BoardFilter {
  agentId: string | null;
  channelId: string | null;
}

export interface Card {
  conversation: Conversation;
  /** Why a waiting customer needs a teammate; null where none waits or someone is typing. */
  unanswered: UnansweredReason | null;
  /** Teammates who are typing. */
  writers: Person[];
  /** Other teammates who have it open. A preview on one's own board does not count. */
  viewers: Person[];
}

export interface BoardView {
  /** Cards that need a teammate, the longest waiting first. They are in no column. */
  unanswered: Card[];
  columns: Record<ConversationState, Card[]>;
  /** Number of known conversations by state, unanswered ones included. */
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

/** The board shows open conversations and waiting customers, as the server counts them. */
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
  return { conversation, unanswered: writers.length === 0 ? unansweredReason(conversation) : null, writers, viewers };
}

/** Whether two or more people are typing, or viewing, at the same time. */
export function contentionOf({ writers, viewers }: Card): 'writing' | 'viewing' | null {
  if (writers.length > 1) return 'writing';
  return writers.length + viewers.length > 1 ? 'viewing' : null;
}

/** The assignee, where the team holds and nobody is typing; else undefined. */
export function assigneeOf({ conversation, writers }: Card, teammates: readonly Person[]): Person | undefined {
  const { holder, assigneeId } = conversation;
  if (writers.length > 0 || holder.kind !== 'team') return undefined;
  return teammates.find(({ id }) => id === assigneeId);
}

/** The agent is paused and no customer waits yet. */
export function isPaused({ conversation, unanswered }: Card): boolean {
  return conversation.reason === 'agentPaused' && unanswered === null;
}

const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** Agent off, and nobody wrote or came for an hour. `now` in ms since 1970. */
export function isForgotten({ conversation, writers, viewers }: Card, now: number): boolean {
  if (conversation.state !== 'agentDisabled' || writers.length + viewers.length > 0) return false;
  const { stateSince, lastMessage } = conversation;
  const lastAt = Math.max(Date.parse(stateSince), lastMessage === null ? 0 : Date.parse(lastMessage.createdAt));
  return now - lastAt >= FORGOTTEN_AFTER_MS;
}

const SOON_MS = 10_000;

/** Whether the agent is back within ten seconds. */
export function endsSoon({ resumesAt }: Conversation, now: number): boolean {
  return resumesAt !== null && Date.parse(resumesAt) - now <= SOON_MS;
}

/** Longest waiting first, then the earliest end of a window, then the longest unchanged. */
function byUrgency({ conversation: a }: Card, { conversation: b }: Card): number {
  return (
    earlier(a.waitingSince, b.waitingSince) ||
    earlier(a.resumesAt, b.resumesAt) ||
    earlier(a.stateSince, b.stateSince) ||
    earlier(a.id, b.id)
  );
}

/** ISO times and ids sort as texts; null comes last. */
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
