import { mutantsOf } from '../mutant.ts';

const SRC = 'packages/conversation/src';

/** Holding, deadlines and replies. */
export const statechart = [
  ...mutantsOf(
    `${SRC}/conditions.ts`,
    ['rules'],
    [
      ['typing mutes though mute is off', 'facts.rules.muteWhenHumanActive && facts.leases', 'facts.leases'],
      ['typing lifts the switch', 'facts.off !== null', 'facts.off !== null && facts.leases.length === 0'],
      ['no window mutes', 'facts.windowEndsAt !== null', 'false'],
      [
        'a window hides who is writing',
        'facts.leases.length > 0;',
        'facts.leases.length > 0 && facts.windowEndsAt === null;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/holding.ts`,
    ['rules'],
    [
      [
        'a message leaves the leases of its writer',
        'windowEndsAt: windowAfter(facts, sentAt, event.at),\n    leases: withoutLeasesOf(facts.leases, event.by.id),',
        'windowEndsAt: windowAfter(facts, sentAt, event.at),',
      ],
      [
        'a message leaves the closing message alive',
        'leases: withoutLeasesOf(facts.leases, event.by.id),\n    closing: null,',
        'leases: withoutLeasesOf(facts.leases, event.by.id),',
      ],
      [
        'the switch leaves the closing message alive',
        'return { ...facts, off, closing: null,',
        'return { ...facts, off,',
      ],
      ['an echo mutes from when it came', 'Math.min(event.sentAt, event.at)', 'event.at'],
      ['an old echo moves the window back', 'if (isOutdated) return facts.windowEndsAt;', ''],
      ['an ended window mutes', 'return endsAt > now ? endsAt : null;', 'return endsAt;'],
      [
        'a human message leaves the reply alive',
        'return dropReply(recordSpeaker(written,',
        'return (recordSpeaker(written,',
      ],
      [
        'handing back ends the leases of all',
        'handedBackAt: at,\n    leases: withoutLeasesOf(facts.leases, by.id),',
        'handedBackAt: at,\n    leases: [],',
      ],
      ['handing back leaves the window', 'windowEndsAt: null,\n    handedBackAt: at,', 'handedBackAt: at,'],
      ['pausing leaves the reply alive', '? dropReply(ruled) : ruled', '? ruled : ruled'],
      ['new rules start an ended window again', 'windowIsRunning(facts) && endsAt > at', 'endsAt > at'],
      ['a stop ends the leases of all', '!event.leaseIds.includes(lease.id)', 'false'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/replying.ts`,
    ['rules'],
    [
      [
        'a late reply is taken',
        'return facts.generation?.turn === turn;',
        'return facts.generation !== null;',
        'rules',
        'runtime',
      ],
      ['a paused agent claims', 'if (agentIsPaused(facts)) return null;', ''],
      ['a claim checks not who holds', 'if (!agentHolds(facts)) return null;', '', 'rules', 'space'],
      ['the statechart’s claim checks no epoch', ' && reply.epoch === facts.epoch) ?? null', ') ?? null'],
      ['a crashed claim is never claimed again', '[...facts.pending, facts.inFlight]', 'facts.pending'],
      [
        'the closing message may not be claimed',
        'if (facts.closing?.messageId === messageId) return facts.closing;',
        '',
      ],
      ['a handoff leaves the agent holding', "off: { by, at, reason: 'handoffRequested' },", ''],
      ['a claim answers nobody', '...answerCovers(sent, reply.covers),', '...sent,'],
      ['a claimed reply may be claimed anew', 'pending: facts.pending.filter((other) => other !== reply),', ''],
      [
        'what failed waits for nobody',
        'const waiting = waitAgain({ ...facts, inFlight: null }, reply.covers);',
        'const waiting = { ...facts, inFlight: null };',
      ],
      [
        'a failing agent is tried for ever',
        'failures > MAX_RETRIES || backoff === undefined',
        'backoff === null',
        'rules',
      ],
      ['a failed agent is tried without a pause', 'retryAt: at + backoff }', 'retryAt: at }'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/reduce.ts`,
    ['rules'],
    [
      ['the epoch is not new on hand-back', '{ ...facts, epoch: facts.epoch + 1 } : facts;', 'facts : facts;'],
      [
        'a takeover leaves what is pending',
        'gathering: null, generation: null, pending: [], abortsInARow: 0 };',
        'gathering: null, generation: null, abortsInARow: 0 };',
        'rules',
        'space',
      ],
      [
        'a takeover leaves the generation',
        'gathering: null, generation: null, pending: [], abortsInARow: 0 };',
        'gathering: null, pending: [], abortsInARow: 0 };',
      ],
      [
        'a takeover leaves the turn',
        'return { ...facts, turn: facts.turn + 1, gathering: null,',
        'return { ...facts, gathering: null,',
      ],
      ['a renewed lease expires', 'Math.max(lease.expiresAt, renewed[lease.id] ?? 0)', 'lease.expiresAt'],
      ['a deadline comes a moment late', 'deadline !== null && deadline <= at', 'deadline !== null && deadline < at'],
      ['a lease lives a moment longer', 'lease.expiresAt > at)', 'lease.expiresAt >= at)'],
      ['a generation has no deadline', 'settled.generation.deadlineAt <= at', 'false'],
      [
        'a customer message leaves the turn',
        'turn: turn + 1, abortsInARow: abortsInARow + 1',
        'turn, abortsInARow: abortsInARow + 1',
      ],
      ['a customer message aborts nothing', 'received.abortsInARow >= MAX_ABORTS_IN_A_ROW', 'true'],
      ['a customer who writes on is never answered', 'received.abortsInARow >= MAX_ABORTS_IN_A_ROW', 'false'],
      ['closing leaves the closing message', 'closing: null, inFlight, failures', 'inFlight, failures'],
      [
        'another agent inherits the reply',
        'return dropReply({\n        ...facts,\n        agentId',
        'return ({\n        ...facts,\n        agentId',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/gathering.ts`,
    ['rules'],
    [
      [
        'what is dropped keeps its epoch',
        'turn: facts.turn + 1, epoch: facts.epoch + 1, gathering',
        'turn: facts.turn + 1, gathering',
      ],
      ['what is dropped keeps its turn', 'return { ...facts, turn: facts.turn + 1, epoch', 'return { ...facts, epoch'],
      ['what is dropped is still pending', 'generation: null, pending: [] };', 'generation: null };', 'rules', 'space'],
      ['a failing agent is hastened', 'return Math.max(quiet, facts.retryAt ?? 0);', 'return quiet;'],
      ['gathering starts while people hold', 'agentHolds(facts) && !agentIsPaused', '!agentIsPaused', 'rules', 'space'],
      ['a generation keeps its old turn', 'const turn = facts.turn + 1;', 'const turn = facts.turn;'],
      [
        'two machines talk for ever',
        'if (recentReplies.length >= LOOP_REPLIES)',
        'if (recentReplies.length > LOOP_REPLIES)',
      ],
      ['old messages are answered', 'at - newest.at > TOO_OLD_MS', 'false'],
      [
        'gathering has no cap',
        'const quiet = Math.min(gathering.quietFrom + delay, ',
        'const quiet = Math.max(gathering.quietFrom + delay, 0 * ',
      ],
    ],
  ),
];
