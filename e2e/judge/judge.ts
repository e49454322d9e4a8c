import { initialSnapshot, type Rules } from '@baton/conversation';
import { type Contest, isContested } from './contest.ts';
import type { Arrival, Evidence } from './evidence.ts';
import { replay } from './replay.ts';

/** The start of a conversation and what faults permit. */
export interface Circumstances {
  agentId: string;
  rules: Rules;
  /** SEND-4: after a fault a message of unknown outcome goes out again, under its own id. */
  mayRepeat: boolean;
}

export interface Verdict {
  claims: number;
  /** Takeovers while a reply was being made or about to be sent. */
  contested: number;
  /** Each act of a person in order, with the phase it met. */
  contests: Contest[];
  withheld: number;
  /** Repeated arrivals of one message id. */
  repeated: number;
  violations: string[];
}

/**
 * Judges by the order of commits, without a wall clock. A violation is a claim while people held, an agent message that
 * arrived without a claim, or anything that is doubled, out of order or lost.
 */
export function judge(evidence: Evidence, circumstances: Circumstances): Verdict {
  const { conversationId, transitions, messages, acknowledged } = evidence;
  const violations: string[] = [];
  const violation = (what: string) => violations.push(`${conversationId}: ${what}`);

  const claims = transitions.filter(({ event }) => event.type === 'reply.claimed');
  transitions.forEach(({ version, from }, index) => {
    if (version !== index + 1) violation(`[TIME-2] version ${version} is at position ${index + 1}`);
    const before = transitions[index - 1];
    if (before !== undefined && before.to !== from)
      violation(`[TIME-3] version ${version} does not follow from the one before`);
  });
  const { agentId, rules } = circumstances;
  const replayed = replay(evidence, initialSnapshot({ agentId, rules }));
  for (const what of replayed.violations) violation(what);

  messages.forEach(({ seq }, index) => {
    if (seq !== index + 1) violation(`[TIME-3] seq ${seq} is at position ${index + 1}`);
  });
  const stored = new Set(messages.flatMap(({ id, clientMessageId }) => [id, clientMessageId]));
  for (const id of acknowledged) if (!stored.has(id)) violation(`[TIME-2] acknowledged message ${id} is lost`);
  const clientIds = messages.flatMap(({ clientMessageId }) => clientMessageId ?? []);
  if (new Set(clientIds).size < clientIds.length) violation('[SEND-6] one clientMessageId has two messages');

  const repeated = judgeArrivals(evidence, circumstances, violation);

  const perTurn = new Map<unknown, number>();
  for (const { event } of transitions) {
    if (event.type === 'reply.ready') perTurn.set(event.turn, (perTurn.get(event.turn) ?? 0) + 1);
  }
  for (const [turn, count] of perTurn)
    if (count > 1) violation(`[TURN-4] turn ${String(turn)} was answered ${count} times`);

  const withheld = messages.filter(({ delivery }) => delivery === 'withheld').length;
  const { contests } = replayed;
  const contested = contests.filter(isContested).length;
  return { claims: claims.length, contested, contests, withheld, repeated, violations };
}

/** Compares the messages received with those stored. @returns the number of repeated arrivals */
function judgeArrivals(
  { transitions, messages, received }: Evidence,
  { mayRepeat }: Circumstances,
  violation: (what: string) => void,
): number {
  const claims = transitions.filter(({ event }) => event.type === 'reply.claimed');
  const claimed = new Set(claims.map(({ event }) => ('messageId' in event ? event.messageId : null)));
  const stored = new Map(messages.map((message) => [message.id, message]));
  const arrived = new Map<string, Arrival>();
  let repeated = 0;
  let lastSeq = 0;
  for (const outgoing of received) {
    const { messageId, seq, author, text } = outgoing;
    if (arrived.has(messageId)) {
      repeated += 1;
      if (!mayRepeat) violation(`[SEND-2] message ${seq} arrived twice`);
      continue;
    }
    arrived.set(messageId, outgoing);
    if (seq <= lastSeq) violation(`[SEND-5] message ${seq} arrived after ${lastSeq}`);
    lastSeq = seq;
    if (author.kind === 'agent' && !claimed.has(messageId))
      violation(`[SEND-3] agent message ${seq} arrived unclaimed`);
    const message = stored.get(messageId);
    if (message === undefined) violation(`[SEND-2] message ${seq} arrived and is not stored`);
    else if (message.text !== text) violation(`[SEND-2] message ${seq} arrived with another text`);
    else if (message.delivery !== 'sent' && !(mayRepeat && message.delivery === 'uncertain'))
      violation(`[SEND-2] message ${seq} arrived and is ${message.delivery}`);
  }
  for (const { id, seq, author, note, delivery } of messages) {
    const goesOut = author.kind === 'teammate' || (author.kind === 'agent' && delivery !== 'withheld');
    const isUnknown = mayRepeat && author.kind === 'agent' && delivery === 'uncertain';
    if (goesOut && !note && !arrived.has(id) && !isUnknown)
      violation(`[SEND-2] message ${seq} by ${author.kind} (${delivery}) never arrived`);
  }
  return repeated;
}
