import { CONVERSATION_STATES } from '@baton/protocol';
import type { Conversation, ConversationState } from '@baton/protocol';
import type { Query } from '@baton/client';
import type { InboxView } from '../view/inbox-view.ts';

export const STATUSES = ['open', 'snoozed', 'closed', 'any'] as const;
/** Filters by holder; `someone` is any person, in Baton or outside it. */
export const HOLDERS = ['any', 'me', 'someone', 'agent', 'team'] as const;
export const ASSIGNEES = ['any', 'me', 'none'] as const;

/** The filter of the list. It lives in the URL, so that it can be linked. */
export interface ListFilter {
  state: ConversationState | 'any';
  status: (typeof STATUSES)[number];
  holder: (typeof HOLDERS)[number];
  assignee: (typeof ASSIGNEES)[number];
  q: string;
}

export function filterOf(search: URLSearchParams): ListFilter {
  return {
    state: oneOf(CONVERSATION_STATES, search.get('state')) ?? 'any',
    status: oneOf(STATUSES, search.get('status')) ?? 'open',
    holder: oneOf(HOLDERS, search.get('holder')) ?? 'any',
    assignee: oneOf(ASSIGNEES, search.get('assignee')) ?? 'any',
    q: (search.get('q') ?? '').slice(0, 200),
  };
}

/** Writes only filters that differ from the default. */
export function searchOf({ state, status, holder, assignee, q }: ListFilter): string {
  const search = new URLSearchParams();
  if (state !== 'any') search.set('state', state);
  if (status !== 'open') search.set('status', status);
  if (holder !== 'any') search.set('holder', holder);
  if (assignee !== 'any') search.set('assignee', assignee);
  if (q !== '') search.set('q', q);
  return search.size === 0 ? '' : `?${search}`;
}

export function queryOf({ state, status, holder, assignee, q }: ListFilter): Query<'listConversations'> {
  return {
    state: state === 'any' ? undefined : state,
    status: status === 'any' ? undefined : status,
    holder: holder === 'any' ? undefined : holder,
    assignee: assignee === 'any' ? undefined : assignee,
    q: q.trim() === '' ? undefined : q.trim(),
  };
}

/**
 * The rows of the list, newest activity first, kept right by live frames.
 * @param found ids that the server found for `q`: it searches more than is loaded here
 * @param before the rows of the last time: what is nearly in order is sorted twenty times as fast
 */
export function rowsOf(
  view: Pick<InboxView, 'conversations'>,
  filter: ListFilter,
  found: ReadonlySet<string>,
  meId: string,
  before: readonly Conversation[] = [],
): Conversation[] {
  return [...inOrderOf(before, view.conversations)]
    .filter((conversation) => matches(conversation, filter, found, meId))
    .sort((a, b) => compare(activity(b), activity(a)) || compare(b.id, a.id));
}

function matches(
  conversation: Conversation,
  { state, status, holder, assignee, q }: ListFilter,
  found: ReadonlySet<string>,
  meId: string,
): boolean {
  if (state !== 'any' && conversation.state !== state) return false;
  if (status !== 'any' && conversation.status !== status) return false;
  if (!isHeldBy(conversation, holder, meId)) return false;
  if (assignee !== 'any' && conversation.assigneeId !== (assignee === 'me' ? meId : null)) return false;
  return q.trim() === '' || found.has(conversation.id) || says(conversation, q.trim());
}

function isHeldBy({ holder }: Conversation, wanted: ListFilter['holder'], meId: string): boolean {
  switch (wanted) {
    case 'any':
      return true;
    case 'me':
      return holder.kind === 'teammates' && holder.teammates.some(({ id }) => id === meId);
    case 'someone':
      return holder.kind === 'teammates' || holder.kind === 'external';
    case 'agent':
    case 'team':
      return holder.kind === wanted;
  }
}

function says({ customer, lastMessage }: Conversation, q: string): boolean {
  const wanted = q.toLocaleLowerCase();
  return [customer.name, lastMessage?.text ?? ''].some((text) => text.toLocaleLowerCase().includes(wanted));
}

function inOrderOf(
  before: readonly Conversation[],
  conversations: ReadonlyMap<string, Conversation>,
): Iterable<Conversation> {
  const placed = new Map<string, Conversation>();
  for (const { id } of before) {
    const conversation = conversations.get(id);
    if (conversation) placed.set(id, conversation);
  }
  for (const [id, conversation] of conversations) if (!placed.has(id)) placed.set(id, conversation);
  return placed.values();
}

function activity({ lastMessage }: Conversation): string {
  return lastMessage?.createdAt ?? '';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function oneOf<T extends string>(options: readonly T[], value: string | null): T | undefined {
  return options.find((option) => option === value);
}
