import { describe, expect, test } from 'vitest';
import { isClaimable } from '../src/index.ts';
import { ADA, BEN } from '../src/testing/people.ts';
import { Driver, replying } from './driver.ts';

describe('who holds', () => {
  test('[HOLD-3] the first keystroke mutes the agent in the middle of a reply', () => {
    const conversation = replying().types(ADA);
    expect(conversation).toHaveTransitioned({ from: 'agentActive.replying', to: 'humanActive', by: 'human.typing' });
    expect(conversation.effectsOf('abortReply')).toEqual([{ type: 'abortReply', turn: 1 }]);
    expect(conversation.view.holder).toEqual({ kind: 'teammates', teammates: [ADA] });
  });

  test('[HOLD-3] a keystroke takes over from a running window, and turning mute on takes from the agent', () => {
    expect(new Driver().sends(ADA).types(ADA)).toBeInState('humanActive');
    const unmuted = new Driver({ muteWhenHumanActive: false }).types(ADA);
    expect(unmuted).toBeInState('agentActive');
    expect(unmuted.changesRules({ muteWhenHumanActive: true })).toBeInState('humanActive');
  });

  test('[HOLD-4] a lease that is not renewed ends after 8 s, and a send ends all leases of its writer', () => {
    expect(new Driver().types(ADA)).not.toReach('agentActive', { within: 7_999 });
    expect(new Driver().types(ADA)).toReach('agentActive', { within: 8_000 });
    const twoTabs = new Driver({ humanPriorityWindowSeconds: 0 })
      .types(ADA, 'first tab')
      .types(ADA, 'second tab')
      .sends(ADA);
    expect(twoTabs.facts.leases).toEqual([]);
    expect(twoTabs).toBeInState('agentActive');
  });

  test('[HOLD-4] a lease renewed in the database lives on when its first expiry passes', () => {
    const conversation = new Driver().types(ADA).sleep(9);
    conversation.apply({
      type: 'deadline.passed',
      by: { kind: 'system', id: null, name: null },
      renewed: { 'lease of ada': 14_000 },
    });
    expect(conversation).toBeInState('humanActive');
    expect(conversation.wait(5)).toBeInState('agentActive');
  });

  test('[HOLD-5] typing alone never starts a window', () => {
    const conversation = new Driver().customerWrites().types(ADA).stopsTyping(ADA);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(new Driver().sends(ADA).wait(10).types(ADA).stopsTyping(ADA)).toBeInState('humanPriorityWindow');
  });

  test('[HOLD-6] a human message starts the window; a window of 0 does not mute', () => {
    const conversation = new Driver({ humanPriorityWindowSeconds: 45 }).wait(5).sends(ADA);
    expect(conversation).toBeInState('humanPriorityWindow');
    expect(conversation.view.resumesAt).toBe(50_000);
    expect(new Driver({ humanPriorityWindowSeconds: 0 }).sends(ADA)).toBeInState('agentActive');
  });

  test('[SEND-1] only what a teammate or another device wrote to the customer is a human message', () => {
    expect(new Driver().sends(ADA).state).toBe('humanPriorityWindow');
    expect(new Driver().echo().state).toBe('humanPriorityWindow');
    expect(new Driver().customerWrites().state).toBe('agentActive');
    expect(replying().replies().claims().state).toBe('agentActive');
    const system = { kind: 'system', id: null, name: null } as const;
    const recorded = {
      type: 'message.recorded',
      by: system,
      messageId: 'notice',
      origin: 'system',
      note: false,
    } as const;
    expect(new Driver().apply(recorded).state).toBe('agentActive');
  });

  test('[HOLD-7] a further human message restarts the window, whoever writes it', () => {
    const conversation = new Driver().sends(ADA).wait(20).sends(BEN);
    expect(conversation.view.resumesAt).toBe(50_000);
    expect(conversation).not.toReach('agentActive', { within: 29_999 });
    expect(conversation).toReach('agentActive', { within: 30_000 });
  });

  test('[HOLD-7] an echo counts from its own time, never from before the latest message known', () => {
    expect(new Driver().wait(60).echo(10).view.resumesAt).toBe(80_000);
    const older = new Driver().wait(60).sends(ADA).wait(5).echo(20);
    expect(older.view.resumesAt).toBe(90_000);
  });

  test('[HOLD-8] when the window ends and nobody is writing the agent resumes by itself', () => {
    const conversation = new Driver().customerWrites().sends(ADA, 0).wait(30);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(new Driver().sends(ADA).wait(25).types(BEN).wait(6)).toBeInState('humanActive');
  });

  test('[HOLD-9] a customer message never changes who holds', () => {
    const each = [
      new Driver(),
      new Driver().types(ADA),
      new Driver().sends(ADA),
      new Driver().switchesOff(ADA),
      replying(),
    ];
    for (const conversation of each) {
      const { state } = conversation;
      expect(conversation.customerWrites().state).toBe(state);
    }
  });

  test('[HOLD-10] the switch silences the agent at once, and neither typing, messages nor time lift it', () => {
    const conversation = replying().switchesOff(ADA);
    expect(conversation).toBeInState('agentDisabled');
    conversation.types(BEN).sends(BEN).stopsTyping(BEN).customerWrites().wait(86_400);
    expect(conversation).toBeInState('agentDisabled');
    expect(conversation.view).toMatchObject({ reason: 'switchedOff', reasonBy: ADA, agentReplies: false });
  });

  test('[HOLD-11] handing back ends the switch, the window and the leases of that teammate', () => {
    const conversation = new Driver().customerWrites().sends(ADA, 0).types(ADA).switchesOff(ADA).handsBack(ADA);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(conversation.facts.leases).toEqual([]);
  });

  test('[HOLD-11] another writer keeps the hold when one hands back', () => {
    expect(new Driver().types(ADA).types(BEN).handsBack(ADA)).toBeInState('humanActive');
    expect(new Driver().types(BEN).switchesOff(ADA).handsBack(ADA)).toBeInState('humanActive');
  });

  test('[HOLD-11] handing back to an agent that holds changes nothing, unless with an instruction', () => {
    const conversation = replying();
    const { turn } = conversation.facts;
    expect(conversation.handsBack(ADA)).toBeInState('agentActive.replying');
    expect(conversation.facts.turn).toBe(turn);
    expect(conversation.handsBack(ADA, 'Offer a refund')).toBeInState('agentActive.gathering');
    expect(conversation.facts.turn).toBeGreaterThan(turn);
  });

  test('[HOLD-11] an instruction with nobody waiting makes one reply', () => {
    const conversation = new Driver().switchesOff(ADA).handsBack(ADA, 'Say that the parcel has left').wait(2);
    expect(conversation).toBeInState('agentActive.replying');
    expect(conversation.replies().claims().wait(600)).toBeInState('agentActive.idle');
    expect(conversation.effectsOf('startReply')).toHaveLength(1);
  });

  test('[HOLD-12] a new window applies to a running one at once; an ended window stays ended', () => {
    const shorter = new Driver().sends(ADA).wait(10).changesRules({ humanPriorityWindowSeconds: 5 });
    expect(shorter).toBeInState('agentActive');
    expect(shorter.changesRules({ humanPriorityWindowSeconds: 600 })).toBeInState('agentActive');
    const longer = new Driver().sends(ADA).wait(10).changesRules({ humanPriorityWindowSeconds: 60 });
    expect(longer.view.resumesAt).toBe(60_000);
  });

  test('[HOLD-12] a new reply delay applies to a running gathering, and mute off releases', () => {
    const conversation = new Driver({ replyDelaySeconds: 60 })
      .customerWrites()
      .wait(5)
      .changesRules({ replyDelaySeconds: 6 });
    expect(conversation.wait(0.999)).toBeInState('agentActive.gathering');
    expect(conversation.wait(0.001)).toBeInState('agentActive.replying');
    expect(new Driver().types(ADA).changesRules({ muteWhenHumanActive: false })).toBeInState('agentActive');
  });

  test('[HOLD-13] with mute off typing mutes nothing while messages still start the window', () => {
    const conversation = replying({ muteWhenHumanActive: false }).types(ADA);
    expect(conversation).toBeInState('agentActive.replying');
    expect(conversation.sends(ADA)).toBeInState('humanPriorityWindow');
  });

  test('[HOLD-13] with a window of 0 the agent is muted only while someone writes; both off, only the switch stops it', () => {
    const windowless = replying({ humanPriorityWindowSeconds: 0 }).types(ADA);
    expect(windowless).toBeInState('humanActive');
    expect(windowless.sends(ADA)).toBeInState('agentActive');
    const both = new Driver({ muteWhenHumanActive: false, humanPriorityWindowSeconds: 0 }).types(ADA).sends(ADA);
    expect(both).toBeInState('agentActive');
    expect(both.switchesOff(ADA)).toBeInState('agentDisabled');
  });

  test('[HOLD-14] the agent is muted while any of several writers lives', () => {
    const conversation = new Driver().types(ADA).wait(4).types(BEN);
    expect(conversation.view.holder).toEqual({ kind: 'teammates', teammates: [ADA, BEN] });
    expect(conversation.wait(4).view.holder).toEqual({ kind: 'teammates', teammates: [BEN] });
    expect(conversation.wait(4)).toBeInState('agentActive');
    const two = new Driver().types(ADA).types(BEN).stopsTyping(ADA);
    expect(two.view.holder).toEqual({ kind: 'teammates', teammates: [BEN] });
  });

  test('[HOLD-15] notes, assignment, snoozing and closing never change who holds', () => {
    const until = 60_000;
    for (const conversation of [
      new Driver(),
      new Driver().types(ADA),
      new Driver().sends(ADA),
      new Driver().switchesOff(ADA),
    ]) {
      const { state } = conversation;
      conversation.records('teammate', true);
      conversation.apply({ type: 'conversation.assigned', by: { kind: 'teammate', ...ADA }, assigneeId: 'ada' });
      conversation.apply({ type: 'conversation.snoozed', by: { kind: 'teammate', ...ADA }, until });
      expect(conversation.closes(ADA).state).toBe(state);
    }
  });

  test('[HOLD-15] closing ends waiting and aborts the reply; closed while off it is still off when the customer reopens it', () => {
    const conversation = replying().closes(ADA);
    expect(conversation.view).toMatchObject({ status: 'closed', waitingSince: null });
    expect(conversation.effectsOf('abortReply')).toHaveLength(1);
    const off = new Driver().switchesOff(ADA).closes(ADA).customerWrites();
    expect(off.view).toMatchObject({ state: 'agentDisabled', status: 'open' });
  });

  test('[HOLD-16] an echo mutes like any human message, by `external`; an import, a broadcast or an old echo does not', () => {
    expect(new Driver().echo().view).toMatchObject({ state: 'humanPriorityWindow', holder: { kind: 'external' } });
    expect(new Driver().wait(100).echo(31)).toBeInState('agentActive');
    const recorded = replying().records('external');
    expect(recorded).toBeInState('agentActive.replying');
    expect(recorded.view.waitingSince).toBe(0);
  });

  test('[HOLD-17] the switch and typing work before the first message', () => {
    expect(new Driver().switchesOff(ADA)).toBeInState('agentDisabled');
    expect(new Driver().types(ADA)).toBeInState('humanActive');
  });

  test('[HOLD-18] pausing stops the reply and the claim without changing who holds; resuming answers what waits', () => {
    const conversation = replying().replies();
    const reply = conversation.nextToSend();
    conversation.changesRules({ paused: true }).claims(reply);
    expect(conversation.view).toMatchObject({ state: 'agentActive', reason: 'agentPaused', waitingSince: 0 });
    expect(conversation.customerWrites().wait(60)).toBeInState('agentActive.idle');
    expect(conversation.changesRules({ paused: false }).wait(2)).toBeInState('agentActive.replying');
    const closing = replying().handsOff().changesRules({ paused: true });
    expect(isClaimable(closing.snapshot, closing.nextToSend())).toBe(false);
  });
});
