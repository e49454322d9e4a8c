import { mutantsOf } from '../mutant.ts';

const SRC = 'packages/runtime/src';

/** From a command to a commit. */
export const runtime = [
  ...mutantsOf(
    `${SRC}/decide/fold.ts`,
    ['runtime'],
    [
      ['changed rules are not applied', 'isFresh && stored.rules.version !== snapshot.context.rules.version', 'false'],
      [
        'what is due is not applied before a command',
        'applyDeadlines(result, input, at);\n      const named',
        'const named',
      ],
      ['a fold goes on after an agent message', 'if (decision.changes.some(touchesAgentMessage)) break;', ''],
      ['a reply that came back is never learnt of', 'const lost = isFresh ?', 'const lost = isFresh && false ?'],
      ['renewals are not believed', 'isFresh ? renewals(result.after, stored.leases) : {}', '{}'],
      ['one id twice in a fold makes two messages', 'if (duplicate) {', 'if (duplicate && false) {'],
      [
        'a claim does not end a fold',
        "return claim !== undefined || message?.author.kind === 'agent';",
        "return message?.author.kind === 'agent';",
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/command-processor.ts`,
    ['runtime'],
    [
      [
        'a rejection is given from an old copy',
        'if (isFresh) return this.#answer(commands, folded, actor,',
        'if (true) return this.#answer(commands, folded, actor,',
      ],
      [
        'a conflict is tried again with the old copy',
        "case 'staleRules':\n          mailbox.actor = null;",
        "case 'staleRules':",
      ],
      [
        'a claim that comes too late is made again and again',
        'commands.splice(0, commands.length, ...rejectClaim(commands, folded));\n          continue;',
        'break;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/actor-loader.ts`,
    ['runtime'],
    [
      [
        'a quarantined conversation goes on',
        "if (stored.quarantined) return { rejection: { ok: false, code: 'quarantined' } };",
        '',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/decide/commands.ts`,
    ['runtime'],
    [['an id of somebody else is a retry', "author.kind === 'teammate' && author.id === command.by.id", 'true']],
  ),
  ...mutantsOf(
    `${SRC}/decide/undelivered.ts`,
    ['runtime'],
    [
      [
        'a claim forgets the reply before it',
        'return context.inFlight.messageId !== command.messageId;',
        'return false;',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/commit-item.ts`,
    ['runtime'],
    [
      ['an expiry is committed unguarded', 'expired(fold).filter((id) => had.has(id))', '[]'],
      ['ended leases are not ended in the database', '[...had].filter((id) => !has.has(id))', '[]'],
      ['an old version is expected', 'expectedVersion: stored.version,', 'expectedVersion: stored.version - 1,'],
      ['marks that came between are news to nobody', 'context.inFlight === null ? null : stored.revision', 'null'],
      ['every mark is news', 'context.inFlight === null ? null : stored.revision', 'stored.revision'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/decide/replies.ts`,
    ['runtime'],
    [
      ['a claim is decided without the hold', 'if (!isClaimable(snapshot, messageId))', 'if (false)'],
      [
        'a late reply is committed',
        "if (!isCurrentReply(situation.snapshot, turn)) return late(command, situation);\n  const message = text === null ? undefined : agentMessage(text, turn, situation);\n  const messageId = message?.id ?? null;\n  return accept({ event: { type: 'reply.ready'",
        "const message = text === null ? undefined : agentMessage(text, turn, situation);\n  const messageId = message?.id ?? null;\n  return accept({ event: { type: 'reply.ready'",
      ],
      [
        'a late failure counts',
        "if (!isCurrentReply(situation.snapshot, turn)) return { kind: 'rejected', code: 'stale_reply' };",
        '',
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/decide/send.ts`,
    ['runtime'],
    [
      ['a stale view may send', 'if (!force && isStale(snapshot, by.id, lastSeenSeq ?? 0))', 'if (false)'],
      [
        'a message answers what its writer had not seen',
        'force ? lastSeq : Math.min(lastSeenSeq ?? 0, lastSeq)',
        'lastSeq',
      ],
      [
        'Send anyway twice is two messages',
        'clientMessageId: sendAnywayId(messageId),',
        'clientMessageId: sendAnywayId(newId()),',
      ],
      [
        'what is on its way may be sent anyway',
        "named.delivery === 'withheld' ||",
        "named.delivery === 'withheld' || named.delivery === 'sent' ||",
      ],
    ],
  ),
  ...mutantsOf(
    `${SRC}/decide/typing.ts`,
    ['runtime'],
    [
      ['anyone ends anyone’s lease', 'teammate.id === by.id && (', '('],
      ['a lease lives longer than 8 s', 'at + LEASE_MS }', 'at + 2 * LEASE_MS }'],
    ],
  ),
  ...mutantsOf(
    `${SRC}/actor/typing-leases.ts`,
    ['runtime'],
    [
      [
        'a heartbeat starts a lease each time',
        'if (!known) return this.#start(name, key, by, writer);',
        'return this.#start(name, key, by, writer);',
      ],
      ['lease renewal is ignored', 'return await this.#renewals.submit({ key, leaseId });', 'return true;'],
      ['an ended lease is not started again', '? null : this.#startAgain(name, known);', '? null : null;'],
      ['a lost connection ends its leases at once', 'LOST_CONNECTION_MS, () => {', '0, () => {'],
      [
        'a stop ends nothing',
        'return this.#end(key, lease.by, [lease.leaseId]);',
        'return this.#end(key, lease.by, []);',
      ],
    ],
  ),
];
