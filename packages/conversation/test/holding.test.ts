import { describe, expect, test } from 'vitest';
import { isClaimable } from '../src/index.ts';
import { ADA, BEN } from '../src/testing/people.ts';
import { Driver, replying } from './driver.ts';

describe('who holds', () => {
  test('[HOLD-3] mutes the agent at the first keystroke, in the middle of a reply', () => {
    const conversation = replying().types(ADA);
    expect(conversation).toHaveTransitioned({ from: 'agentActive.replying', to: 'humanActive', by: 'human.typing' });
    expect(conversation.effectsOf('abortReply')).toEqual([{ type: 'abortReply', turn: 1 }]);
    expect(conversation.view.holder).toEqual({ kind: 'teammates', teammates: [ADA] });
  });

  test('[HOLD-3] takes over by a keystroke in a window, and by turning mute on', () => {
    expect(new Driver().sends(ADA).types(ADA)).toBeInState('humanActive');
    const unmuted = new Driver({ muteWhenHumanActive: false }).types(ADA);
    expect(unmuted).toBeInState('agentActive');
    expect(unmuted.changesRules({ muteWhenHumanActive: true })).toBeInState('humanActive');
  });

  test('[HOLD-4] ends a lease after 8 s, and all leases of a writer who sends', () => {
    expect(new Driver().types(ADA)).not.toReach('agentActive', { within: 7_999 });
    expect(new Driver().types(ADA)).toReach('agentActive', { within: 8_000 });
    const twoTabs = new Driver({ humanPriorityWindowSeconds: 0 })
      .types(ADA, 'first tab')
      .types(ADA, 'second tab')
      .sends(ADA);
    expect(twoTabs.facts.leases).toEqual([]);
    expect(twoTabs).toBeInState('agentActive');
  });

  test('[HOLD-4] keeps a lease that the database has renewed', () => {
    const conversation = new Driver().types(ADA).sleep(9);
    conversation.apply({
      type: 'deadline.passed',
      by: { kind: 'system', id: null, name: null },
      renewed: { 'lease of ada': 14_000 },
    });
    expect(conversation).toBeInState('humanActive');
    expect(conversation.wait(5)).toBeInState('agentActive');
  });

  test('[HOLD-5] starts no window by typing alone', () => {
    const conversation = new Driver().customerWrites().types(ADA).stopsTyping(ADA);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(new Driver().sends(ADA).wait(10).types(ADA).stopsTyping(ADA)).toBeInState('humanPriorityWindow');
  });

  test('[HOLD-6] starts the window with a human message; a window of 0 mutes nothing', () => {
    const conversation = new Driver({ humanPriorityWindowSeconds: 45 }).wait(5).sends(ADA);
    expect(conversation).toBeInState('humanPriorityWindow');
    expect(conversation.view.resumesAt).toBe(50_000);
    expect(new Driver({ humanPriorityWindowSeconds: 0 }).sends(ADA)).toBeInState('agentActive');
  });

  test('[SEND-1] counts only messages of teammates and other devices as human messages', () => {
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

  test('[HOLD-7] restarts the window with each further human message', () => {
    const conversation = new Driver().sends(ADA).wait(20).sends(BEN);
    expect(conversation.view.resumesAt).toBe(50_000);
    expect(conversation).not.toReach('agentActive', { within: 29_999 });
    expect(conversation).toReach('agentActive', { within: 30_000 });
  });

  test('[HOLD-7] counts an echo from its own time, never from before a newer message', () => {
    expect(new Driver().wait(60).echo(10).view.resumesAt).toBe(80_000);
    const older = new Driver().wait(60).sends(ADA).wait(5).echo(20);
    expect(older.view.resumesAt).toBe(90_000);
  });

  test('[HOLD-8] returns the hold to the agent when the window ends', () => {
    const conversation = new Driver().customerWrites().sends(ADA, 0).wait(30);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(new Driver().sends(ADA).wait(25).types(BEN).wait(6)).toBeInState('humanActive');
  });

  test('[HOLD-9] keeps the holder when a customer writes', () => {
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

  test('[HOLD-10] silences the agent by the switch, which only a hand-back lifts', () => {
    const conversation = replying().switchesOff(ADA);
    expect(conversation).toBeInState('agentDisabled');
    conversation.types(BEN).sends(BEN).stopsTyping(BEN).customerWrites().wait(86_400);
    expect(conversation).toBeInState('agentDisabled');
    expect(conversation.view).toMatchObject({ reason: 'switchedOff', reasonBy: ADA, agentReplies: false });
  });

  test('[HOLD-11] ends the switch, the window and the teammate’s leases on hand-back', () => {
    const conversation = new Driver().customerWrites().sends(ADA, 0).types(ADA).switchesOff(ADA).handsBack(ADA);
    expect(conversation).toBeInState('agentActive.gathering');
    expect(conversation.facts.leases).toEqual([]);
  });

  test('[HOLD-11] leaves the hold to another writer on hand-back', () => {
    expect(new Driver().types(ADA).types(BEN).handsBack(ADA)).toBeInState('humanActive');
    expect(new Driver().types(BEN).switchesOff(ADA).handsBack(ADA)).toBeInState('humanActive');
  });

  test('[HOLD-11] restarts a reply on hand-back only with an instruction', () => {
    const conversation = replying();
    const { turn } = conversation.facts;
    expect(conversation.handsBack(ADA)).toBeInState('agentActive.replying');
    expect(conversation.facts.turn).toBe(turn);
    expect(conversation.handsBack(ADA, 'Offer a refund')).toBeInState('agentActive.gathering');
    expect(conversation.facts.turn).toBeGreaterThan(turn);
  });

  test('[HOLD-11] makes one reply to an instruction where no customer waits', () => {
    const conversation = new Driver().switchesOff(ADA).handsBack(ADA, 'Say that the parcel has left').wait(2);
    expect(conversation).toBeInState('agentActive.replying');
    expect(conversation.replies().claims().wait(600)).toBeInState('agentActive.idle');
    expect(conversation.effectsOf('startReply')).toHaveLength(1);
  });

  test('[HOLD-12] applies a new window length to a running window, not to an ended one', () => {
    const shorter = new Driver().sends(ADA).wait(10).changesRules({ humanPriorityWindowSeconds: 5 });
    expect(shorter).toBeInState('agentActive');
    expect(shorter.changesRules({ humanPriorityWindowSeconds: 600 })).toBeInState('agentActive');
    const longer = new Driver().sends(ADA).wait(10).changesRules({ humanPriorityWindowSeconds: 60 });
    expect(longer.view.resumesAt).toBe(60_000);
  });

  test('[HOLD-12] applies a new reply delay and mute off at once', () => {
    const conversation = new Driver({ replyDelaySeconds: 60 })
      .customerWrites()
      .wait(5)
      .changesRules({ replyDelaySeconds: 6 });
    expect(conversation.wait(0.999)).toBeInState('agentActive.gathering');
    expect(conversation.wait(0.001)).toBeInState('agentActive.replying');
    expect(new Driver().types(ADA).changesRules({ muteWhenHumanActive: false })).toBeInState('agentActive');
  });

  test('[HOLD-13] ignores typing with mute off, while messages still start the window', () => {
    const conversation = replying({ muteWhenHumanActive: false }).types(ADA);
    expect(conversation).toBeInState('agentActive.replying');
    expect(conversation.sends(ADA)).toBeInState('humanPriorityWindow');
  });

  test('[HOLD-13] mutes only while someone writes with a window of 0', () => {
    const windowless = replying({ humanPriorityWindowSeconds: 0 }).types(ADA);
    expect(windowless).toBeInState('humanActive');
    expect(windowless.sends(ADA)).toBeInState('agentActive');
    const both = new Driver({ muteWhenHumanActive: false, humanPriorityWindowSeconds: 0 }).types(ADA).sends(ADA);
    expect(both).toBeInState('agentActive');
    expect(both.switchesOff(ADA)).toBeInState('agentDisabled');
  });

  test('[HOLD-14] mutes the agent while any of several teammates writes', () => {
    const conversation = new Driver().types(ADA).wait(4).types(BEN);
    expect(conversation.view.holder).toEqual({ kind: 'teammates', teammates: [ADA, BEN] });
    expect(conversation.wait(4).view.holder).toEqual({ kind: 'teammates', teammates: [BEN] });
    expect(conversation.wait(4)).toBeInState('agentActive');
    const two = new Driver().types(ADA).types(BEN).stopsTyping(ADA);
    expect(two.view.holder).toEqual({ kind: 'teammates', teammates: [BEN] });
  });

  test('[HOLD-15] keeps the holder on notes, assignment, snoozing and closing', () => {
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

  test('[HOLD-15] ends waiting and aborts the reply on closing, and keeps the switch', () => {
    const conversation = replying().closes(ADA);
    expect(conversation.view).toMatchObject({ status: 'closed', waitingSince: null });
    expect(conversation.effectsOf('abortReply')).toHaveLength(1);
    const off = new Driver().switchesOff(ADA).closes(ADA).customerWrites();
    expect(off.view).toMatchObject({ state: 'agentDisabled', status: 'open' });
  });

  test('[HOLD-16] mutes by a fresh echo, not by an import, broadcast or old echo', () => {
    expect(new Driver().echo().view).toMatchObject({ state: 'humanPriorityWindow', holder: { kind: 'external' } });
    expect(new Driver().wait(100).echo(31)).toBeInState('agentActive');
    const recorded = replying().records('external');
    expect(recorded).toBeInState('agentActive.replying');
    expect(recorded.view.waitingSince).toBe(0);
  });

  test('[HOLD-17] obeys the switch and typing before the first message', () => {
    expect(new Driver().switchesOff(ADA)).toBeInState('agentDisabled');
    expect(new Driver().types(ADA)).toBeInState('humanActive');
  });

  test('[HOLD-18] stops replies and claims while paused, and answers after resuming', () => {
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
