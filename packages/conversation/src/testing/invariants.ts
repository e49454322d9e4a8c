import { deriveLeaf, deriveState } from '../derive.ts';
import type { Step } from '../step.ts';
import { isClaimable, view } from '../view.ts';

/** Invariants that hold after every step. Throws with the rule that is broken. */
export function checkInvariants({ event, before, after, effects }: Step): void {
  const facts = after.context;
  const state = deriveState(facts);
  const broken = (rule: string) => new Error(`${rule} broken by ${JSON.stringify(event)} in ${JSON.stringify(before)}`);

  if (after.value !== deriveLeaf(facts)) throw broken('[HOLD-1] one derivation');
  const agentActs = facts.generation !== null || facts.gathering !== null || facts.pending.length > 0;
  if (state !== 'agentActive' && agentActs) throw broken('[HOLD-2] only in agentActive the agent acts');
  if ((view(after).agentEpoch === null) === (state === 'agentActive'))
    throw broken('[HOLD-2] the epoch is empty while people hold');
  if (facts.turn < before.context.turn || facts.epoch < before.context.epoch) throw broken('[TURN-4] fences only grow');
  if (facts.lastAt < before.context.lastAt) throw broken('[TIME-1] time never goes back');
  if (facts.lastSeq - before.context.lastSeq > 1) throw broken('[TIME-3] seq is gapless');

  const stateBefore = deriveState(before.context);
  if (event.type === 'customer.message' && state !== stateBefore) throw broken('[HOLD-9] a customer changes who holds');
  if (stateBefore === 'agentDisabled' && state !== 'agentDisabled' && event.type !== 'replies.enabled') {
    throw broken('[HOLD-10] only a hand-back lifts the switch');
  }
  if (stateBefore === 'agentActive' && state !== 'agentActive' && facts.turn === before.context.turn) {
    throw broken('[TURN-3] leaving agentActive raises the turn');
  }
  if (event.type === 'human.message' && facts.turn === before.context.turn)
    throw broken('[TURN-3] a person raises the turn');
  if (event.type === 'reply.claimed') {
    const answered = before.context.waiting.length > facts.waiting.length;
    if (answered && !isClaimable(before, event.messageId)) throw broken('[SEND-3] a claim needs the hold');
  }

  const lost = before.context.generation;
  const ended = lost !== null && facts.generation?.turn !== lost.turn;
  const endedByItself = event.type === 'reply.ready' || event.type === 'reply.handoff' || event.type === 'reply.failed';
  const aborts = effects.filter((effect) => effect.type === 'abortReply');
  if (aborts.length !== (ended && !endedByItself ? 1 : 0)) throw broken('[TURN-3] a lost generation is aborted, once');
  const starts = effects.filter((effect) => effect.type === 'startReply');
  const started = facts.generation !== null && facts.generation.turn !== lost?.turn;
  if (starts.length !== (started ? 1 : 0))
    throw broken('[TURN-10] every generation is started once, and only in agentActive');

  const waits = facts.waiting.length > 0;
  const attended = facts.gathering !== null || facts.generation !== null || facts.pending.length > 0;
  if (state === 'agentActive' && waits && !attended && !facts.raised && !facts.rules.paused) {
    throw broken('[TURN-5] where a customer waits, the agent is about to answer or says why not');
  }
}
