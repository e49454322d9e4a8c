import { hasReply, isClaimable, isCurrentReply, view } from '@baton/conversation';
import type { Cause } from '@baton/protocol';
import type { CommandOf } from './commands.ts';
import { type Decision, accept, UNCHANGED, type Situation, type UnnumberedMessage, unnumbered } from './decision.ts';

/** Accepts a reply only in the turn it was started for; a late one becomes a draft at most (TURN-4). */
export function decideReplyReady(command: CommandOf<'replyReady'>, situation: Situation): Decision {
  const { turn, text } = command;
  const { at } = situation;
  if (!isCurrentReply(situation.snapshot, turn)) return late(command, situation);
  const message = text === null ? undefined : agentMessage(text, turn, situation);
  const messageId = message?.id ?? null;
  return accept({ event: { type: 'reply.ready', turn, messageId, at, by: agent(situation) }, message });
}

/** The agent asks for a teammate, with at most one closing message (TURN-8). */
export function decideReplyHandoff(command: CommandOf<'replyHandoff'>, situation: Situation): Decision {
  const { turn, reason, text } = command;
  const { at } = situation;
  if (!isCurrentReply(situation.snapshot, turn)) return late(command, situation);
  const message = text === null ? undefined : agentMessage(text, turn, situation);
  const messageId = message?.id ?? null;
  return accept({ event: { type: 'reply.handoff', turn, reason, messageId, at, by: agent(situation) }, message });
}

/** A reply that is already committed, reported again after a lost answer, is no draft: it would be said twice. */
function late({ turn, text }: { turn: number; text: string | null }, { snapshot }: Situation): Decision {
  if (hasReply(snapshot, turn)) return UNCHANGED;
  return { kind: 'rejected', code: 'stale_reply', ...(text !== null && { draft: { turn, text } }) };
}

/** Keeps the partial text for the team after a takeover. While the agent holds, it makes another reply instead. */
export function decideReplyCutShort({ turn, text }: CommandOf<'replyCutShort'>, { snapshot }: Situation): Decision {
  const isWanted = !isCurrentReply(snapshot, turn) && view(snapshot).state !== 'agentActive';
  return !isWanted ? UNCHANGED : { kind: 'rejected', code: 'stale_reply', draft: { turn, text } };
}

export function decideReplyFailed(command: CommandOf<'replyFailed'>, situation: Situation): Decision {
  const { turn, error } = command;
  if (!isCurrentReply(situation.snapshot, turn)) return { kind: 'rejected', code: 'stale_reply' };
  return accept({ event: { type: 'reply.failed', turn, error, at: situation.at, by: agent(situation) } });
}

/** Checks the hold, not the turn (TURN-4). The commit checks the attempt. */
export function decideClaimReply(command: CommandOf<'claimReply'>, situation: Situation): Decision {
  const { turn, messageId, attempt } = command;
  const { snapshot, at } = situation;
  if (!isClaimable(snapshot, messageId)) return { kind: 'rejected', code: 'stale_reply' };
  const event = { type: 'reply.claimed', turn, messageId, at, by: agent(situation) } as const;
  return accept({ event, claim: { messageId, attempt } });
}

function agent({ stored, snapshot }: Situation): Cause {
  return { kind: 'agent', id: snapshot.context.agentId, name: stored.agentName };
}

function agentMessage(text: string, turn: number, { stored, snapshot, at, newId }: Situation): UnnumberedMessage {
  const { agentId, epoch } = snapshot.context;
  const author = { kind: 'agent', id: agentId, name: stored.agentName } as const;
  return unnumbered({ id: newId(), author, text, createdAt: at, delivery: 'queued', turn, epoch });
}
