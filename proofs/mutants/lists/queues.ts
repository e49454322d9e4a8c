import { mutantsOf } from '../mutant.ts';

const STORE = 'packages/database/src/store';

/** Lanes, claims, marks and leases in the database. */
export const queues = [
  ...mutantsOf(
    `${STORE}/claim-sends.ts`,
    ['commit', 'store'],
    [
      ['lanes are taken before they are due', 'where l.send_at <= now()', 'where l.send_at is not null'],
      [
        'a taken lane stays due',
        "when act in ('send', 'offer') then now() + make_interval(secs => $3::float8 / 1000)",
        "when act in ('send', 'offer') then now()",
      ],
      ['the newest message goes first', 'order by m.seq limit 1', 'order by m.seq desc limit 1'],
      [
        'what is uncertain blocks nothing',
        "(m.delivery in ('queued', 'sending') or (m.delivery = 'uncertain' and m.blocks_until > now()))",
        "m.delivery in ('queued', 'sending')",
      ],
      [
        'what is uncertain blocks for ever',
        "(m.delivery = 'uncertain' and m.blocks_until > now())",
        "m.delivery = 'uncertain'",
      ],
      ['no uncertain after 30 s', "head.claimed_at <= now() - interval '30 s' as is_lost", 'false as is_lost'],
      ['uncertain at once', "head.claimed_at <= now() - interval '30 s' as is_lost", 'true as is_lost'],
      ['what is not to go again does', "head.blocks_until = 'infinity'", "head.delivery = 'uncertain'"],
      ['what may go again loses its place', "when raised.may_go then 'infinity' else", 'else'],
      ['sent again where ids are not idempotent', '(head.kind in ${IDEMPOTENT}\n', '(true\n'],
      [
        'an agent message is offered while people hold',
        "\n      or ${mayGoOut({ epoch: 'head.made_in', seq: 'head.seq' }, 'head')}) as may_go",
        '\n      or true) as may_go',
      ],
      [
        'an agent message goes without a claim',
        "when next.may_go and head.origin <> 'agent' then",
        'when next.may_go then',
      ],
      ['a paused agent is offered its message', 'when next.may_go and not head.paused', 'when next.may_go'],
      ['a lane is let go by a stranger', ' and l.send_worker = $2::text', ''],
      [
        'a sender does not say that it is sending',
        "delivery = case when raised.act = 'send' then 'sending' else 'uncertain' end",
        "delivery = case when raised.act = 'send' then m.delivery else 'uncertain' end",
      ],
    ],
  ),
  ...mutantsOf(
    `${STORE}/mark-deliveries.ts`,
    ['commit', 'store'],
    [
      [
        'a mark hands over while people hold',
        "looked.delivery = 'sent' and looked.attempt is not null and looked.origin = 'agent'",
        'false',
      ],
      [
        'a reply goes back to the queue while people hold',
        "when looked.origin <> 'agent' or ${MAY_GO_OUT} then 'queued'",
        "when true then 'queued'",
      ],
      [
        'what may have arrived goes back to the queue',
        "when looked.may_have_arrived then 'uncertain'",
        "when false then 'uncertain'",
      ],
      [
        'what did not go out makes nothing due',
        'case when d.is_undelivered then now() else l.wake_at end',
        'l.wake_at',
      ],
      [
        'a reply that may not go again is waited for',
        "case when looked.origin <> 'agent' or ${MAY_GO_OUT} then looked.retry_at end as at",
        'looked.retry_at as at',
      ],
      [
        'what is to be tried again loses its place',
        "case when again.at is null then now() + interval '30 s' else 'infinity' end)",
        "coalesce(again.at, now()) + interval '30 s')",
      ],
      ['a mark tells of any attempt', ' or looked.attempt <> looked.attempts then null', ' then null'],
      [
        'a mark takes a message back',
        "when wanted.delivery in ('sent', 'uncertain') and looked.was in ('sending', 'uncertain') then",
        "when wanted.delivery in ('sent', 'uncertain') then",
      ],
      [
        'a late receipt frees the lane',
        "looked.was in ('sending', 'uncertain') and looked.send_seq = looked.seq as is_head",
        'true as is_head',
      ],
      ['a marked lane is not freed', 'when d.has_more then now()\n', ''],
      [
        'what may have arrived is not remembered',
        "may_have_arrived = m.may_have_arrived or d.becomes = 'uncertain',",
        'may_have_arrived = m.may_have_arrived,',
      ],
      ['a mark raises no revision', 'set revision = c.revision + 1, changed_at = now()', 'set changed_at = now()'],
    ],
  ),
  ...mutantsOf(
    `${STORE}/renew-leases.ts`,
    ['store'],
    [
      ['an expired lease is renewed', "> ${toMs('clock_timestamp()')}\n", '> 0\n'],
      ['a renewal moves nothing', "${toMs('clock_timestamp()')} + ${LEASE_MS})", "${toMs('clock_timestamp()')})"],
      [
        'an ended lease is renewed',
        'where (held.typing_leases ->> lease.id)::float8 >',
        "where coalesce((held.typing_leases ->> lease.id)::float8, 'Infinity') >",
      ],
    ],
  ),
  ...mutantsOf(
    `${STORE}/replies.ts`,
    ['store'],
    [
      ['a generation is given to two workers', 'where l.reply_at <= now()', 'where l.reply_at is not null'],
      [
        'a generation is renewed by a stranger',
        'l.reply_worker = $2::text and l.reply_turn = job.turn',
        'l.reply_turn = job.turn',
      ],
      ['an old turn is renewed', 'l.reply_worker = $2::text and l.reply_turn = job.turn', 'l.reply_worker = $2::text'],
    ],
  ),
  ...mutantsOf(
    `${STORE}/wakes.ts`,
    ['store'],
    [
      ['deadlines come early', 'where l.wake_at <= now()', 'where l.wake_at is not null'],
      [
        'a deadline is given to two workers',
        "set wake_at = now() + interval '3 s' from due",
        'set wake_at = now() from due',
      ],
      [
        'a deadline is lost with its worker',
        "set wake_at = now() + interval '3 s' from due",
        'set wake_at = null from due',
      ],
      ['an old view postpones a deadline', 'where held.revision = $3::int and', 'where'],
      ['an old view puts new rules off', 'coalesce(l.wake_at > clock_timestamp(), false)', 'true'],
      ['the latest due comes first', 'order by l.wake_at limit $1::int', 'order by l.wake_at desc limit $1::int'],
    ],
  ),
];
