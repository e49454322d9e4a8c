import { mutantsOf } from '../mutant.ts';

const SRC = 'packages/runtime/src';

/** Workers that make replies and deliver messages. */
export const workers = [
  ...mutantsOf(
    `${SRC}/workers/delivery-worker.ts`,
    ['runtime'],
    [
      ['the sender’s 2 s check is gone', 'clock.elapsed() - claimedAt + slept() > CLAIM_VALID_MS', 'false'],
      ['a claim counts from its answer', 'if (outcome.ok) return before;', 'if (outcome.ok) return clock.elapsed();'],
      [
        'an agent message is sent without a claim',
        'job.turn === null ? this.#claimTimeOf(job, askedAt) : await this.#claim(job, job.turn)',
        'this.#claimTimeOf(job, askedAt)',
      ],
      [
        'a refused claim is sent all the same',
        'else if (now?.delivery !== ',
        'else if (outcome.code === "stale_reply") return before;\n    else if (now?.delivery !== ',
      ],
      [
        'a thrown send is called unsent',
        'retryAfterMs: null, mayHaveArrived: true };',
        'retryAfterMs: null, mayHaveArrived: false };',
      ],
      ['what did not go out is not told to the conversation', "await runtime.dispatch(job.key, { type: 'wake' });", ''],
      ['a channel may take for ever', 'scheduler.after(SEND_TIMEOUT_MS,', 'scheduler.after(100 * SEND_TIMEOUT_MS,'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/workers/send-outcome.ts`,
    ['runtime'],
    [
      ['every attempt is the first', 'attempt: attempts + 1 };', 'attempt: 1 };'],
      [
        'what its mark hands over is handed over whoever holds',
        "case 'listed':\n      return { ...up, delivery: 'sent' };",
        "case 'listed':\n      return { ...up, delivery: 'sent', attempt: null };",
      ],
      [
        'a rejection calls an uncertain message failed',
        "delivery: job.mayHaveArrived ? 'uncertain' : 'failed', error: outcome.error",
        "delivery: 'failed', error: outcome.error",
      ],
      [
        'a message is tried for ever',
        'const isExhausted = job.attempts + 1 >= MAX_ATTEMPTS || now - Date.parse(job.message.createdAt) > MAX_AGE_MS;',
        'const isExhausted = false;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/workers/reply-worker.ts`,
    ['runtime'],
    [
      ['nothing is aborted', 'if (isMeant && job.turn <= turn) controller.abort', 'if (false) controller.abort'],
      ['a takeover on another node aborts nothing', 'if (alive[index] === false) controller', 'if (false) controller'],
      [
        'a long generation loses its worker',
        'const alive = await store.renewReplies(worker, jobs, this.#leaseMs);',
        'const alive: boolean[] = jobs.map(() => true);',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/workers/reply-request.ts`,
    ['runtime'],
    [
      [
        'a generation of an old turn is asked for',
        'if (context.generation?.turn !== turn) return null;',
        'if (context.generation === null) return null;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/echoes.ts`,
    ['runtime'],
    [
      ['an echo waits for nothing', 'if (!undecided || clock.elapsed() >= until) return null;', 'return null;'],
      [
        'an echo waits for ever',
        'if (!undecided || clock.elapsed() >= until) return null;',
        'if (!undecided) return null;',
      ],
      [
        'an echo settles nothing',
        "const isOpen = own.delivery === 'uncertain' || own.delivery === 'sending';",
        'const isOpen = false;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/answers.ts`,
    ['runtime'],
    [
      ['a refused reply leaves no draft', 'if (draft) await', 'if (false) await'],
      ['a stale send ends its lease', 'await this.#renewLeasesOf(command.by.id, actor);', ''],
    ],
  ),
];
