import type { Cause } from '@baton/protocol';
import { type CommandOf, type Decision, happens, type Situation, unnumbered } from './decision.ts';

/** A message from outside: the customer's, or an echo of what the business wrote or sent elsewhere (HOLD-16). */
export function decideReceive(command: CommandOf<'receive'>, situation: Situation): Decision {
  return command.from === 'customer' ? fromCustomer(command, situation) : fromBusiness(command, situation);
}

function fromCustomer(command: CommandOf<'receive'>, { stored, at, newId }: Situation): Decision {
  const { id, name } = stored.customer;
  const by: Cause = { kind: 'customer', id, name };
  // What was imported or sent by a machine waits for nobody (TURN-6).
  const waits = !command.imported && !command.automated;
  const message = unnumbered({
    id: newId(),
    author: { kind: 'customer', id, name },
    text: command.text,
    createdAt: command.imported ? earlier(command.sentAt, at) : at,
    clientMessageId: command.clientMessageId,
    externalId: command.externalId,
  });
  const messageId = message.id;
  return happens({
    event: waits
      ? { type: 'customer.message', at, by, messageId }
      : { type: 'message.recorded', at, by, messageId, origin: 'customer', note: false },
    message,
  });
}

function fromBusiness(command: CommandOf<'receive'>, { at, newId }: Situation): Decision {
  const kind = command.automated ? 'system' : 'external';
  const by: Cause = { kind, id: null, name: null };
  const sentAt = earlier(command.sentAt, at);
  const message = unnumbered({
    id: newId(),
    author: { kind, id: null, name: command.automated ? 'Automated' : 'Another device' },
    text: command.text,
    createdAt: sentAt,
    clientMessageId: command.clientMessageId,
    externalId: command.externalId,
  });
  const messageId = message.id;
  return happens({
    event:
      command.automated || command.imported
        ? { type: 'message.recorded', at, by, messageId, origin: kind, note: false }
        : { type: 'human.message', at, by, messageId, sentAt, answersUpTo: null },
    message,
  });
}

/** A time from outside is never in the future (TIME-1). */
function earlier(sentAt: number | null, at: number): number {
  return Math.min(sentAt ?? at, at);
}
