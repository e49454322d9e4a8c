import type { Message, OutgoingMessage, Transition } from '@baton/protocol';

/** Everything that is known of one conversation after a race. */
export interface Evidence {
  conversationId: string;
  transitions: Transition[];
  messages: Message[];
  /** What the customer's end received, in order. */
  received: OutgoingMessage[];
  /** Ids that the API acknowledged with 201 or 202. */
  acknowledged: string[];
}

export interface Verdict {
  claims: number;
  /** Replies that a person's act cut short or withheld: the races. */
  contested: number;
  withheld: number;
  violations: string[];
}

/**
 * Judges by the order of commits: a claim that the history places while people held, a message of the agent that arrived
 * without a claim, anything twice, out of order or lost, is a violation. No wall clock is asked.
 */
export function judge({ conversationId, transitions, messages, received, acknowledged }: Evidence): Verdict {
  const violations: string[] = [];
  const violation = (what: string) => violations.push(`${conversationId}: ${what}`);

  const claims = transitions.filter(({ event }) => event.type === 'reply.claimed');
  const claimed = new Set(claims.map(({ event }) => String(event['messageId'])));
  for (const { version, from, to } of claims) {
    if (from !== 'agentActive' || to !== 'agentActive') violation(`[HOLD-2] claim at version ${version} in ${from}`);
  }
  for (const { version, event, from } of transitions) {
    if (event.type === 'reply.ready' && from !== 'agentActive')
      violation(`[HOLD-2] reply at version ${version} in ${from}`);
  }
  transitions.forEach(({ version, from }, index) => {
    if (version !== index + 1) violation(`[TIME-2] version ${version} stands at place ${index + 1}`);
    const before = transitions[index - 1];
    if (before !== undefined && before.to !== from)
      violation(`[TIME-3] version ${version} does not follow from the one before`);
  });

  messages.forEach(({ seq }, index) => {
    if (seq !== index + 1) violation(`[TIME-3] seq ${seq} stands at place ${index + 1}`);
  });
  const stored = new Map(messages.map((message) => [message.id, message]));
  for (const id of acknowledged) if (!stored.has(id)) violation(`[TIME-2] acknowledged message ${id} is lost`);

  const arrived = new Set<string>();
  let lastSeq = 0;
  for (const { messageId, seq, author } of received) {
    if (arrived.has(messageId)) violation(`[SEND-2] message ${seq} arrived twice`);
    arrived.add(messageId);
    if (seq <= lastSeq) violation(`[SEND-5] message ${seq} arrived after ${lastSeq}`);
    lastSeq = seq;
    if (author.kind === 'agent' && !claimed.has(messageId))
      violation(`[SEND-3] agent message ${seq} arrived unclaimed`);
    const message = stored.get(messageId);
    if (message === undefined) violation(`[SEND-2] message ${seq} arrived and is not stored`);
    else if (message.delivery !== 'sent') violation(`[SEND-2] message ${seq} arrived and is ${message.delivery}`);
  }
  for (const { id, seq, author, note, delivery } of messages) {
    const goesOut = author.kind === 'teammate' || (author.kind === 'agent' && delivery !== 'withheld');
    if (goesOut && !note && !arrived.has(id))
      violation(`[SEND-2] message ${seq} by ${author.kind} (${delivery}) never arrived`);
  }

  const perTurn = new Map<unknown, number>();
  for (const { event } of transitions) {
    if (event.type === 'reply.ready') perTurn.set(event['turn'], (perTurn.get(event['turn']) ?? 0) + 1);
  }
  for (const [turn, count] of perTurn)
    if (count > 1) violation(`[TURN-4] turn ${String(turn)} was answered ${count} times`);

  const withheld = messages.filter(({ delivery }) => delivery === 'withheld').length;
  return { claims: claims.length, contested: contestedBy(transitions), withheld, violations };
}

/** People's acts that took a conversation from an agent about to speak. */
function contestedBy(transitions: Transition[]): number {
  return transitions.filter(({ event, from, by }) => {
    const acts = event.type === 'human.typing' || event.type === 'human.message' || event.type === 'replies.disabled';
    return acts && by.kind === 'teammate' && from === 'agentActive';
  }).length;
}
