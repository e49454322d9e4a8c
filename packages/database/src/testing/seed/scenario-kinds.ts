import { BASE, placeholder } from './placeholders.ts';
import { ScenarioBuilder, type Scenario, type ScenarioTeammate, teammate } from './scenario.ts';

/** Kinds of conversation: the share of 10 000, and the scenario for a number of messages. */
export const KINDS: { name: string; share: number; play: (messages: number) => Scenario }[] = [
  {
    name: 'closed by the team',
    share: 7_000,
    play: (messages) => byTeam(messages).settle().pass(60).event({ type: 'conversation.closed' }, first).end(),
  },
  {
    name: 'closed, answered by the agent',
    share: 2_200,
    play: (messages) => byAgent(messages).pass(60).event({ type: 'conversation.closed' }, first).end(),
  },
  { name: 'open, answered by the agent', share: 400, play: (messages) => byAgent(messages).end() },
  { name: 'open, answered by the team', share: 200, play: (messages) => byTeam(messages).settle().end() },
  {
    name: 'open, waiting for the team',
    share: 120,
    play: (messages) =>
      byTeam(messages - 1)
        .settle()
        .pass(30)
        .customer()
        .end(),
  },
  {
    name: 'snoozed',
    share: 60,
    play: (messages) =>
      byTeam(messages)
        .settle()
        .event({ type: 'conversation.snoozed', until: BASE + 30 * 86_400_000 }, first)
        .end(),
  },
  { name: 'just answered', share: 14, play: (messages) => inWindow(messages) },
  { name: 'being written in', share: 2, play: (messages) => writing(messages) },
  {
    name: 'about to be sent',
    share: 4,
    play: (messages) =>
      byTeam(messages - 1)
        .pass(1)
        .teammate('first', 'queued')
        .end(),
  },
];

/** Lengths of conversations and their share of 100; 20 messages on average. */
export const LENGTHS = [
  { messages: 4, share: 24 },
  { messages: 8, share: 26 },
  { messages: 16, share: 22 },
  { messages: 32, share: 18 },
  { messages: 64, share: 9 },
  { messages: 130, share: 1 },
];

const first = teammate('first');

/** A teammate takes over at once, then both sides write in turn. */
function byTeam(messages: number): ScenarioBuilder {
  const play = new ScenarioBuilder().customer().pass(20).event({ type: 'replies.disabled' }, first);
  play.event({ type: 'conversation.assigned', assigneeId: placeholder('assignee') }, first);
  for (let said = 1; said < messages; said += 1) {
    const who: ScenarioTeammate = said % 7 === 5 ? 'second' : 'first';
    if (said % 2 === 1) play.pass(40).teammate(who);
    else play.pass(50).customer();
  }
  return play;
}

/** The agent answers every second message; sometimes the customer writes twice. */
function byAgent(messages: number): ScenarioBuilder {
  const play = new ScenarioBuilder();
  for (let said = 0; said < messages;) {
    play.pass(90).customer();
    said += 1;
    if (said % 4 === 1 && said < messages - 1) {
      play.pass(1).customer();
      said += 1;
    }
    if (said < messages || messages % 2 === 0) {
      play.agent();
      said += 1;
    }
  }
  return play;
}

function inWindow(messages: number): Scenario {
  const play = byAgent(messages - 2);
  return play.pass(30).customer().pass(1).teammate('first').end();
}

function writing(messages: number): Scenario {
  const play = byAgent(messages - 1)
    .pass(30)
    .customer()
    .pass(1);
  const who = { id: placeholder('first'), name: placeholder('firstName') };
  const expiresAt = play.end().endsAt + 8_000;
  return play.event({ type: 'human.typing', leaseId: placeholder('lease'), teammate: who, expiresAt }, first).end();
}
