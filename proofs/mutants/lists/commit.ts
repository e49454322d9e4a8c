import { mutantsOf } from '../mutant.ts';

/** The one statement that commits. */
export const commit = [
  ...mutantsOf(
    'packages/database/src/store/commit-verdict.ts',
    ['commit', 'store'],
    [
      ['the version is unguarded', 'found.version <> found.expected_version or ', ''],
      ['a quarantined conversation is written', ' or found.quarantined_at is not null then', ' then'],
      ['a renewed lease ends all the same', '> found.expired_at_ms', '> found.expired_at_ms + 1e12'],
      ['old rules commit', 'when found.current_rules <> found.rules_version then', 'when false then'],
      ['the duplicate check is gone', 'when duplicates.messages is not null then', 'when false then'],
      [
        'a provider id is no duplicate',
        'm.external_id = given.external_id and given.external_id is not null offset 0)',
        'false offset 0)',
      ],
      [
        'a client id is no duplicate',
        'm.client_message_id = given.client_message_id and given.client_message_id is not null offset 0)',
        'false offset 0)',
      ],
      [
        'an echo of what we sent is no duplicate',
        "and given.external_id is not null and given.origin = 'external' offset 0)",
        'and false offset 0)',
      ],
      [
        'what cannot be claimed is claimed',
        'when found.claim_id is not null and claimable.seq is null then',
        'when false then',
      ],
      ['what is at its channel is claimed again', "and m.delivery in ('queued', 'uncertain') and", 'and'],
      ['a claim is of any attempt', 'and m.attempts + 1 = found.claim_attempt', ''],
      [
        'a claim checks no epoch',
        'when claimable.breaks_fence or checks.break_fence then',
        'when checks.break_fence then',
      ],
      [
        'a new reply checks no epoch',
        'when claimable.breaks_fence or checks.break_fence then',
        'when claimable.breaks_fence then',
      ],
      ['one turn commits two replies', 'when checks.repeat_turn then', 'when false then'],
      [
        'seqs may have gaps',
        'when found.last_seq <> found.stored_last_seq + checks.count',
        'when found.last_seq < found.stored_last_seq + checks.count',
      ],
      [
        'seqs may begin anywhere',
        '(checks.count > 0 and (checks.first_seq <> found.stored_last_seq + 1 or checks.last_seq <> found.last_seq))',
        'false',
      ],
      [
        'the commit locks no conversation',
        'where c.workspace_id = item.workspace_id and c.id = item.conversation_id\n    for no key update skip locked\n  ) held',
        'where c.workspace_id = item.workspace_id and c.id = item.conversation_id\n  ) held',
        'commit',
      ],
      [
        'the commit waits for locks: no skip-locked',
        'where c.workspace_id = item.workspace_id and c.id = item.conversation_id\n    for no key update skip locked\n  ) held',
        'where c.workspace_id = item.workspace_id and c.id = item.conversation_id\n    for no key update\n  ) held',
        'commit',
      ],
      [
        'what is read before the lock is believed',
        'when found.revision <> found.seen_revision then',
        'when false then',
        'commit',
      ],
      ['the rules are not locked', '    for share skip locked\n', '', 'commit'],
      ['the commit waits for a change of the agent', '    for share skip locked\n', '    for share\n', 'commit'],
      [
        'a change of rules is overtaken for ever',
        "\n      and pg_try_advisory_xact_lock_shared(${rulesLock('a.id::text')})",
        '',
        'commit',
      ],
    ],
  ),
  ...mutantsOf(
    'packages/database/src/store/commit-write.ts',
    ['commit', 'store'],
    [
      ['no withhold on takeover', "and m.origin = 'agent' and (m.delivery = 'queued' or", 'and (false or'],
      [
        'a reply of unknown outcome that may not go again keeps its pause',
        "(m.delivery = 'queued' or (m.delivery = 'uncertain' and m.blocks_until > now() + interval '30 s'))",
        "m.delivery = 'queued'",
      ],
      ['a withheld reply leaves its pause behind', 'exists (select from withheld s where s.idx = w.idx)', 'false'],
      ['the closing message is withheld', ' and m.seq is distinct from w.closing_seq', ''],
      [
        'a hand-back brings back what was withheld',
        'm.agent_epoch is distinct from w.agent_epoch',
        'w.agent_epoch is null',
      ],
      ['the version is not raised', 'version = c.version + j.transition_count,', 'version = c.version,'],
      [
        'a hand-back keeps the old epoch',
        '`${name} = j.${name}`',
        "`${name} = ${name === 'agent_epoch' ? 'case when j.agent_epoch is not null then coalesce(c.agent_epoch, j.agent_epoch) end' : `j.${name}`}`",
      ],
      [
        'closing_seq is not stored',
        '`${name} = j.${name}`',
        "`${name} = ${name === 'closing_seq' ? 'c' : 'j'}.${name}`",
      ],
      [
        'an ended lease stays',
        '(c.typing_leases - j.leases_ended) || j.leases_started',
        'c.typing_leases || j.leases_started',
      ],
      ['other leases are forgotten', '(c.typing_leases - j.leases_ended) || j.leases_started', 'j.leases_started'],
      ['a claim does not say when', "delivery = 'sending', claimed_at = now(),", "delivery = 'sending',"],
      ['the next deadline is not stored', 'wake_at = w.due_at, has_pending_work', 'has_pending_work'],
      [
        'a commit puts off the look at a reply that came back',
        'case when new_revision > known_revision + 1 then now() else wake_at end',
        'wake_at',
      ],
      [
        'a commit takes a generation from its worker',
        'when w.reply_turn = l.reply_turn then l.reply_at else now() end',
        'else now() end',
      ],
      ['a new message frees a lane in use', 'coalesce(l.send_at, now()) end', 'now() end'],
      [
        'a new message overtakes the head',
        'coalesce(l.send_seq, w.first_queued_seq)',
        'coalesce(w.first_queued_seq, l.send_seq)',
      ],
      [
        'an old generation stays due',
        'reply_at = case when w.reply_turn is null then null when',
        'reply_at = case when w.reply_turn is null then l.reply_at when',
      ],
    ],
  ),
  ...mutantsOf(
    'packages/database/src/store/sql-fragments.ts',
    ['commit', 'store'],
    [
      [
        'the fence of the statements checks no epoch',
        'coalesce(${c}.agent_epoch = ${m.epoch} or',
        'coalesce(${c}.agent_epoch is not null or',
      ],
      [
        'the fence of the statements lets any message close',
        "(${c}.state = 'agentDisabled' and ${c}.closing_seq = ${m.seq})",
        "(${c}.state = 'agentDisabled' and ${c}.closing_seq is not null)",
      ],
      [
        'the fence of the statements knows no closing message',
        " or (${c}.state = 'agentDisabled' and ${c}.closing_seq = ${m.seq})",
        '',
      ],
    ],
  ),
];
