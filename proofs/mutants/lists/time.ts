import { mutantsOf } from '../mutant.ts';

const SRC = 'packages/conversation/src';

/** Deadlines, the order of time, and what is stored of both. */
export const time = [
  ...mutantsOf(
    `${SRC}/step.ts`,
    ['rules'],
    [
      ['deadlines due before an event are not applied first', 'deadline === null || deadline > at)', 'true)'],
      [
        'time goes back',
        'const event = { ...given, at: Math.max(given.at, before.context.lastAt) };',
        'const event = { ...given };',
      ],
      [
        'leases have no deadline',
        'facts.leases.map((lease) => lease.expiresAt);',
        'facts.leases.flatMap((): number[] => []);',
      ],
      ['the window has no deadline', 'if (facts.windowEndsAt !== null) deadlines.push(facts.windowEndsAt);', ''],
      ['a generation has no wake', 'if (facts.generation !== null) deadlines.push(facts.generation.deadlineAt);', ''],
    ],
  ),
  ...mutantsOf(
    `${SRC}/snapshot.ts`,
    ['snapshot'],
    [
      ['a snapshot of another version is guessed at', 'if (schemaVersion !== SCHEMA_VERSION)', 'if (false)'],
      ['a snapshot may contradict its facts', 'if (value !== leaf)', 'if (false)'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/view.ts`,
    ['rules', 'runtime'],
    [
      [
        'an epoch is in force while people hold',
        "agentEpoch: state === 'agentActive' ? facts.epoch : null,",
        'agentEpoch: facts.epoch,',
        'rules',
        'space',
        'runtime',
      ],
      ['a queued reply makes no view stale', 'if (queued.some((reply) => reply.seq > lastSeenSeq)) return true;', ''],
      [
        'one’s own message makes a view stale',
        'spoken.authorId === authorId ? spoken.seqByOthers : spoken.seq',
        'spoken.seq',
      ],
    ],
  ),
  ...mutantsOf(
    'packages/runtime/src/ports/database-clock.ts',
    ['runtime'],
    [
      ['a slow answer sets the clock back', 'Math.max(...this.#offsets)', '(this.#offsets.at(-1) ?? 0)'],
      ['the clock goes back', 'if (estimate > this.#latest || estimate < this.#latest - SET_BACK_MS) ', ''],
      ['a database clock that was set back is not followed', ' || estimate < this.#latest - SET_BACK_MS', ''],
    ],
  ),
  ...mutantsOf(
    'packages/runtime/src/workers/timer-worker.ts',
    ['runtime'],
    [
      [
        'a renewed lease is woken as if it ended',
        'if (renewed) await store.postpone',
        'if (false) await store.postpone',
      ],
      ['changed rules wake nobody', 'if (stored.rules.version !== snapshot.context.rules.version) return null;', ''],
      ['a reply that came back wakes nobody', 'if (undelivered(stored, snapshot)) return null;', ''],
      [
        'a deadline is not hinted at',
        'this.#unsubscribe = this.#ports.signals.subscribe({ wakeDue: (at) => this.#hint(at) });',
        '',
      ],
    ],
  ),
];
