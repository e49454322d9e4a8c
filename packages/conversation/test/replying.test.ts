import { describe, expect, test } from 'vitest';
import { advance, isClaimable, isCurrentReply, isStale } from '../src/index.ts';
import { ADA, AGENT, BEN } from '../src/testing/people.ts';
import { Driver, replying } from './driver.ts';

describe('when the agent replies', () => {
  test('[TURN-1] waits for a quiet moment, then answers all waiting messages at once', () => {
    const conversation = new Driver().customerWrites().wait(1.5).customerWrites().wait(1.9);
    expect(conversation).toBeInState('agentActive.gathering');
    conversation.wait(0.1);
    expect(conversation.facts.generation?.covers.map((message) => message.seq)).toEqual([1, 2]);
  });

  test('[TURN-1] answers a customer who never pauses after max(10 s, 2 × delay)', () => {
    const chatty = new Driver();
    for (let second = 0; second < 10; second += 1) chatty.customerWrites().wait(1);
    expect(chatty).toBeInState('agentActive.replying');
    const slow = new Driver({ replyDelaySeconds: 30 });
    for (let second = 0; second < 59; second += 1) slow.customerWrites().wait(1);
    expect(slow).toBeInState('agentActive.gathering');
    expect(slow.wait(1)).toBeInState('agentActive.replying');
  });

  test('[TURN-2] aborts the generation and gathers again when the customer writes', () => {
    const conversation = replying();
    const { turn } = conversation.facts;
    expect(conversation.customerWrites()).toBeInState('agentActive.gathering');
    expect(conversation.facts.turn).toBeGreaterThan(turn);
    expect(conversation.effectsOf('abortReply')).toHaveLength(1);
    expect(conversation.replies(turn).facts.pending).toEqual([]);
  });

  test('[TURN-2] lets the generation run on after three aborts in a row', () => {
    const conversation = replying();
    for (let abort = 0; abort < 3; abort += 1) conversation.customerWrites().wait(2);
    expect(conversation.customerWrites()).toBeInState('agentActive.replying');
    expect(conversation.effectsOf('abortReply')).toHaveLength(3);
    expect(conversation.replies()).toBeInState('agentActive.gathering');
    conversation.claims().wait(2);
    expect(conversation.facts.generation?.covers.map((message) => message.seq)).toEqual([5]);
  });

  test('[TURN-3] aborts a reply and raises the turn when its context changes', () => {
    const grounds: [string, (conversation: Driver) => Driver][] = [
      ['leaving agentActive', (it) => it.switchesOff(ADA)],
      ['a human message where nothing mutes', (it) => it.sends(ADA)],
      ['closing', (it) => it.closes(ADA)],
      [
        'another agent',
        (it) => it.apply({ type: 'agent.changed', by: AGENT, agentId: 'other', rules: it.facts.rules }),
      ],
      ['a new instruction', (it) => it.handsBack(ADA, 'Be brief')],
      ['pausing', (it) => it.changesRules({ paused: true })],
    ];
    for (const [ground, goes] of grounds) {
      const conversation = replying({ humanPriorityWindowSeconds: 0 });
      const { turn } = conversation.facts;
      goes(conversation);
      expect(conversation.effectsOf('abortReply'), ground).toHaveLength(1);
      expect(conversation.facts.turn, ground).toBeGreaterThan(turn);
      expect(isCurrentReply(conversation.snapshot, turn), ground).toBe(false);
    }
  });

  test('[TURN-3] raises the turn with a human message in any state', () => {
    for (const conversation of [
      new Driver(),
      new Driver().types(ADA),
      new Driver().sends(ADA),
      new Driver().switchesOff(ADA),
    ]) {
      const { turn } = conversation.facts;
      expect(conversation.sends(BEN).facts.turn).toBeGreaterThan(turn);
    }
  });

  test('[TURN-4] ignores a late reply, and keeps a committed one when the customer writes', () => {
    const late = replying();
    const { turn } = late.facts;
    late.switchesOff(ADA).handsBack(ADA);
    const before = late.facts;
    late.replies(turn);
    expect({ ...late.facts, lastAt: 0 }).toEqual({ ...before, lastAt: 0 });
    late.wait(2).replies(turn);
    expect(late).toBeInState('agentActive.replying');

    const committed = replying().replies().customerWrites();
    expect(committed.claims().view.waitingSince).toBe(2_000);
    expect(committed).toBeInState('agentActive.gathering');
  });

  test('[TURN-4] rejects the claim of an old epoch after takeover and hand-back', () => {
    const conversation = replying().replies();
    const reply = conversation.nextToSend();
    const { epoch } = conversation.facts;
    conversation.types(ADA);
    expect(conversation.view.agentEpoch).toBeNull();
    conversation.stopsTyping(ADA);
    expect(conversation.view.agentEpoch).toBeGreaterThan(epoch);
    expect(isClaimable(conversation.snapshot, reply)).toBe(false);

    // Also without muting: the database withholds queued messages by their epoch.
    const unmuted = replying({ humanPriorityWindowSeconds: 0 }).replies();
    const before = unmuted.facts.epoch;
    expect(unmuted.sends(ADA).view.agentEpoch).toBeGreaterThan(before);
  });

  test('[TURN-5] gathers one full delay where a customer waits, else stays idle', () => {
    const waited = new Driver().customerWrites().switchesOff(ADA).wait(600).handsBack(ADA);
    expect(waited).not.toReach('agentActive.replying', { within: 1_999 });
    expect(waited).toReach('agentActive.replying', { within: 2_000 });
    expect(new Driver().sends(ADA).wait(3600)).toBeInState('agentActive.idle');
    expect(new Driver().switchesOff(ADA).handsBack(ADA)).toBeInState('agentActive.idle');
  });

  test('[TURN-6] counts messages as answered that the teammate had seen, or that precede an echo', () => {
    const unseen = new Driver().customerWrites().wait(1).customerWrites().sends(ADA, 1);
    expect(unseen.facts.waiting.map((message) => message.seq)).toEqual([2]);
    const echoed = new Driver().customerWrites().wait(5).customerWrites().wait(1).echo(3);
    expect(echoed.facts.waiting.map((message) => message.seq)).toEqual([2]);
  });

  test('[TURN-6] answers at the claim; messages of a withheld or failed reply wait again', () => {
    const conversation = replying().replies();
    expect(conversation.view.waitingSince).toBe(0);
    expect(conversation.claims().view.waitingSince).toBeNull();
    expect(replying().replies().types(ADA).view.waitingSince).toBe(0);
    const failed = replying().replies();
    const reply = failed.nextToSend();
    failed.claims().isUndelivered(reply, false);
    expect(failed.view).toMatchObject({ waitingSince: 0, reason: 'deliveryFailed' });
  });

  test('[TURN-6] answers by a reply of silence; imported messages never wait', () => {
    expect(replying().replies(1, null).view.waitingSince).toBeNull();
    expect(new Driver().records('customer').view.waitingSince).toBeNull();
  });

  test('[TURN-7] asks once for a teammate where messages are older than 24 h', () => {
    const conversation = new Driver().customerWrites().switchesOff(ADA).wait(86_400).handsBack(ADA).wait(2);
    expect(conversation).toBeInState('agentActive.idle');
    expect(conversation.view.reason).toBe('tooOld');
    const { raised } = conversation.facts;
    conversation.wait(86_400);
    expect(conversation.facts.raised).toBe(raised);
    expect(conversation.effectsOf('startReply')).toEqual([]);
    expect(conversation.customerWrites().wait(2)).toBeInState('agentActive.replying');
  });

  test('[TURN-8] disables the agent on handoff; its closing message may still be claimed', () => {
    const conversation = replying().handsOff();
    expect(conversation.view).toMatchObject({
      state: 'agentDisabled',
      reason: 'handoffRequested',
      closingSeq: 2,
      waitingSince: 0,
    });
    const closing = conversation.nextToSend();
    expect(isClaimable(conversation.snapshot, closing)).toBe(true);
    expect(conversation.claims(closing).view.waitingSince).toBe(0);
  });

  test('[TURN-8] withholds the closing message once a person writes or uses the switch', () => {
    for (const acts of [
      (it: Driver) => it.sends(ADA),
      (it: Driver) => it.switchesOff(ADA),
      (it: Driver) => it.handsBack(ADA),
      (it: Driver) => it.closes(ADA),
    ]) {
      const conversation = replying().handsOff();
      const closing = conversation.nextToSend();
      expect(isClaimable(acts(conversation).snapshot, closing)).toBe(false);
    }
    const typed = replying().handsOff().types(ADA);
    expect(isClaimable(typed.snapshot, typed.nextToSend())).toBe(true);
  });

  test('[TURN-9] retries a failing agent three times with backoff, then needs a teammate', () => {
    const conversation = replying();
    for (const backoff of [2, 8, 30]) {
      conversation.fails();
      expect(conversation.wait(backoff - 0.001)).toBeInState('agentActive.gathering');
      expect(conversation.wait(0.001)).toBeInState('agentActive.replying');
    }
    conversation.fails();
    expect(conversation.view).toMatchObject({ reason: 'agentFailed', waitingSince: 0 });
    expect(conversation).toBeInState('agentActive.idle');
  });

  test('[TURN-9] keeps the backoff when the customer writes, and tries once per message after giving up', () => {
    const hasty = replying().fails();
    hasty.wait(1.5).customerWrites().wait(0.5);
    expect(hasty).toBeInState('agentActive.gathering');
    const raised = replying();
    for (const backoff of [2, 8, 30]) raised.fails().wait(backoff);
    raised.fails().wait(3600).customerWrites().wait(2);
    expect(raised).toBeInState('agentActive.replying');
    expect(raised.fails()).toBeInState('agentActive.idle');
    expect(raised.customerWrites().wait(2).replies().claims().view.reason).toBeNull();
  });

  test('[TURN-9] aborts a generation past its hard deadline and counts a failure', () => {
    const conversation = replying().wait(60);
    expect(conversation.facts.failures).toBe(1);
    expect(conversation.effectsOf('abortReply')).toHaveLength(1);
    expect(conversation.wait(2)).toBeInState('agentActive.replying');
  });

  test('[TURN-10] starts no generation while people hold', () => {
    for (const holds of [
      (it: Driver) => it.switchesOff(ADA),
      (it: Driver) => it.sends(ADA),
      (it: Driver) => it.types(ADA),
    ]) {
      const conversation = holds(new Driver()).customerWrites().wait(5);
      expect(conversation.effectsOf('startReply')).toEqual([]);
    }
  });

  test('[TURN-11] records takeovers and hand-backs for the agent, with the instruction', () => {
    const conversation = new Driver().sends(ADA).switchesOff(ADA).handsBack(BEN, 'Offer 10 %');
    expect(conversation.facts.handovers).toEqual([
      { kind: 'tookOver', by: 'Ada', at: 0, instruction: null },
      { kind: 'handedBack', by: 'Ben', at: 0, instruction: 'Offer 10 %' },
    ]);
  });

  test('[TURN-12] stops replying after 20 replies within ten minutes until a person acts', () => {
    const conversation = new Driver({ replyDelaySeconds: 0 });
    for (let reply = 0; reply < 20; reply += 1) conversation.customerWrites().wait(1).replies().claims();
    conversation.customerWrites().wait(1).customerWrites().wait(600);
    expect(conversation.view.reason).toBe('loop');
    expect(conversation).toBeInState('agentActive.idle');
    expect(conversation.effectsOf('startReply')).toHaveLength(20);
    expect(conversation.handsBack(ADA).wait(0)).toBeInState('agentActive.replying');
  });

  test('[SEND-7] calls a view stale once another person wrote or the agent queued a reply', () => {
    const conversation = replying().replies();
    expect(isStale(conversation.snapshot, 'ada', 1)).toBe(true);
    expect(isStale(conversation.snapshot, 'ada', 2)).toBe(false);
    const team = new Driver().sends(BEN).sends(ADA);
    expect(isStale(team.snapshot, 'ada', 0)).toBe(true);
    expect(isStale(team.snapshot, 'ada', 1)).toBe(false);
    const withheld = replying().replies().types(ADA);
    expect(isStale(withheld.snapshot, 'ada', 1)).toBe(false);
  });

  test('[SEND-4] allows a second claim after a crash, but not after a takeover', () => {
    const conversation = replying().replies();
    const reply = conversation.nextToSend();
    conversation.claims();
    expect(isClaimable(conversation.snapshot, reply)).toBe(true);
    expect(conversation.claims(reply).facts.recentReplies).toHaveLength(1);
    expect(isClaimable(conversation.types(ADA).snapshot, reply)).toBe(false);
    expect(isClaimable(conversation.stopsTyping(ADA).snapshot, reply)).toBe(false);
  });

  test('[SEND-3] withholds a reply queued for another attempt on takeover', () => {
    const conversation = replying().replies();
    const reply = conversation.nextToSend();
    conversation.claims().isUndelivered(reply, true);
    expect(conversation).toBeInState('agentActive.sending');
    conversation.switchesOff(ADA);
    expect(conversation.facts.pending).toEqual([]);
    expect(conversation.view.waitingSince).toBe(0);
  });

  test('[SEND-3] withholds a queued reply when a person writes', () => {
    const conversation = replying().replies().sends(ADA, 0);
    expect(conversation).toHaveTransitioned({ from: 'agentActive.sending', to: 'humanPriorityWindow' });
    expect(conversation.facts.pending).toEqual([]);
    expect(conversation.view.waitingSince).toBe(0);
    expect(replying().replies().sends(ADA, 1).view.waitingSince).toBeNull();
  });

  test('[TIME-1] applies due deadlines before an event, and never moves time back', () => {
    const conversation = new Driver().customerWrites().sends(ADA, 0).sleep(100).types(BEN);
    expect(conversation.log.map((event) => event.type)).toContain('deadline.passed');
    const [step] = advance(conversation.snapshot, { type: 'conversation.closed', by: AGENT, at: 5 });
    expect(step?.event.at).toBe(100_000);
  });
});
