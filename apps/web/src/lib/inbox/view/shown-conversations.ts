import type { AgentPause, Conversation } from '@baton/protocol';

/** Conversations as shown: those of a paused agent carry the pause as their reason (HOLD-18). */
export interface ShownConversations {
  conversations: ReadonlyMap<string, Conversation>;
  /** Pauses by agent id. */
  pauses: ReadonlyMap<string, AgentPause>;
  /** The original of each conversation that is shown with a pause. */
  asSent: ReadonlyMap<string, Conversation>;
}

/** Keeps the newest revision of each conversation. */
export function putConversations<T extends ShownConversations>(view: T, incoming: readonly Conversation[]): T {
  const conversations = new Map(view.conversations);
  const asSent = new Map(view.asSent);
  for (const conversation of incoming) {
    const known = conversations.get(conversation.id);
    if (known && known.revision >= conversation.revision) continue;
    show(conversation, view.pauses, { conversations, asSent });
  }
  return { ...view, conversations, asSent };
}

/** A pause belongs to the agent: its conversations get no event, and so no frame, for it. */
export function putPauses<T extends ShownConversations>(view: T, changed: readonly AgentPause[]): T {
  const news = changed.filter(({ id, version }) => version > (view.pauses.get(id)?.version ?? -1));
  if (news.length === 0) return view;
  const pauses = new Map([...view.pauses, ...news.map((pause) => [pause.id, pause] as const)]);
  const [conversations, asSent] = [new Map(view.conversations), new Map(view.asSent)];
  for (const conversation of view.conversations.values()) {
    if (!news.some(({ id }) => id === conversation.agentId)) continue;
    show(asSent.get(conversation.id) ?? conversation, pauses, { conversations, asSent });
  }
  return { ...view, pauses, conversations, asSent };
}

function show(
  sent: Conversation,
  pauses: ShownConversations['pauses'],
  into: { conversations: Map<string, Conversation>; asSent: Map<string, Conversation> },
): void {
  const shown = withPause(sent, pauses.get(sent.agentId));
  into.conversations.set(sent.id, shown);
  if (shown === sent) into.asSent.delete(sent.id);
  else into.asSent.set(sent.id, sent);
}

function withPause(sent: Conversation, pause: AgentPause | undefined): Conversation {
  if (!pause || sent.state !== 'agentActive') return sent;
  if (pause.paused) return { ...sent, reason: 'agentPaused', reasonBy: pause.pausedBy };
  return sent.reason === 'agentPaused' ? { ...sent, reason: null, reasonBy: null } : sent;
}
