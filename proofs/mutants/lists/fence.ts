import { mutantsOf } from '../mutant.ts';

/** Rules that the database enforces against any code. */
export const fence = [
  ...mutantsOf(
    'drizzle/0001_fence.sql',
    ['fence'],
    [
      [
        'no lock in the trigger',
        'where workspace_id = new.workspace_id and id = new.conversation_id\n    for no key update;',
        'where workspace_id = new.workspace_id and id = new.conversation_id;',
      ],
      [
        'the trigger does not check the epoch',
        'if held.agent_epoch = new.agent_epoch then',
        'if held.agent_epoch is not null then',
      ],
      [
        'the trigger takes any message while people hold',
        'if held.agent_epoch = new.agent_epoch then',
        'if held.agent_epoch is null or held.agent_epoch = new.agent_epoch then',
      ],
      [
        'the trigger does not check closing_seq',
        "if held.state = 'agentDisabled' and held.closing_seq = new.seq then",
        "if held.state = 'agentDisabled' and held.closing_seq is not null then",
      ],
      [
        'the trigger takes a closing message in any state',
        "if held.state = 'agentDisabled' and held.closing_seq = new.seq then",
        'if held.closing_seq = new.seq then',
      ],
      [
        'the trigger takes no closing message',
        "if held.state = 'agentDisabled' and held.closing_seq = new.seq then",
        'if false then',
      ],
      [
        'only queued inserts are fenced',
        "when (new.origin = 'agent' and new.delivery <> 'withheld')",
        "when (new.origin = 'agent' and new.delivery = 'queued')",
      ],
      [
        'going back to the queue is not fenced',
        "(new.delivery in ('queued', 'sending') and new.delivery is distinct from old.delivery)",
        "(new.delivery = 'sending' and new.delivery is distinct from old.delivery)",
      ],
      [
        'the move to sending is not fenced',
        "(new.delivery in ('queued', 'sending') and new.delivery is distinct from old.delivery)",
        "(new.delivery = 'queued' and new.delivery is distinct from old.delivery)",
      ],
      [
        'sent straight from the queue is not fenced',
        "old.delivery in ('queued', 'withheld')))",
        "old.delivery = 'withheld'))",
      ],
      [
        'sent straight from withheld is not fenced',
        "old.delivery in ('queued', 'withheld')))",
        "old.delivery = 'queued'))",
      ],
      [
        'the epoch of a message may be changed',
        'or (new.turn, new.agent_epoch) is distinct from (old.turn, old.agent_epoch)',
        'or new.turn is distinct from old.turn',
      ],
      [
        'the origin of a message may be changed',
        'new.id, new.origin, new.note)\n      is distinct from (old.workspace_id, old.conversation_id, old.seq, old.id, old.origin, old.note)\n    or (new.turn, new.agent_epoch) is distinct from (old.turn, old.agent_epoch)',
        'new.id) is distinct from (old.workspace_id, old.conversation_id, old.seq, old.id)',
      ],
      [
        'the seq of a message may be changed',
        '(new.workspace_id, new.conversation_id, new.seq, new.id, new.origin, new.note)\n      is distinct from (old.workspace_id, old.conversation_id, old.seq, old.id,',
        '(new.workspace_id, new.conversation_id, new.id, new.origin, new.note)\n      is distinct from (old.workspace_id, old.conversation_id, old.id,',
      ],
      [
        'the history may be changed',
        'before update or delete or truncate on transitions',
        'before delete or truncate on transitions',
      ],
      [
        'the history may be deleted',
        'before update or delete or truncate on transitions',
        'before update or truncate on transitions',
      ],
    ],
  ),
  ...mutantsOf(
    'drizzle/0000_tables.sql',
    ['fence'],
    [
      [
        'one turn may have two replies',
        'CREATE UNIQUE INDEX "messages_one_sendable_reply_per_turn"',
        'CREATE INDEX "messages_one_sendable_reply_per_turn"',
      ],
      [
        'one client id may be stored twice',
        'CREATE UNIQUE INDEX "messages_client_message_id"',
        'CREATE INDEX "messages_client_message_id"',
      ],
      [
        'one provider id may be stored twice',
        'CREATE UNIQUE INDEX "messages_external_id"',
        'CREATE INDEX "messages_external_id"',
      ],
      [
        'an epoch may be in force while people hold',
        `CHECK (("conversations"."state" = 'agentActive') = ("conversations"."agent_epoch" is not null))`,
        'CHECK (true)',
      ],
      [
        'an agent message may lack its fence',
        `CHECK (("messages"."origin" = 'agent' and not "messages"."note") = ("messages"."turn" is not null and "messages"."agent_epoch" is not null))`,
        'CHECK (true)',
      ],
      [
        'a snapshot may be a JSON string',
        `CHECK (jsonb_typeof("conversations"."snapshot") = 'object')`,
        'CHECK (true)',
      ],
    ],
  ),
];
