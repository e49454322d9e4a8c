import type { Cause } from '@baton/protocol';
import type { CommandOf } from './commands.ts';
import { type Decision, accept, type Situation, unnumbered } from './decision.ts';

/** A message from outside: a customer's, or the echo of a message that the business sent outside Baton (HOLD-16). */
export function decideReceive(command: CommandOf<'receive'>, situation: Situation): Decision {
  return command.from === 'customer' ? fromCustomer(command, situation) : fromBusiness(command, situation);
}

function fromCustomer(command: CommandOf<'receive'>, { stored, at, newId }: Situation): Decision {
  const { id, name } = stored.customer;
  const by: Cause = { kind: 'customer', id, name };
  // Imported and automated messages need no answer (TURN-6).
  const waits = !command.imported && !command.automated;
  const message = unnumbered({
    id: newId(),
    author: { kind: 'customer', id, name },
    text: command.text,
    createdAt: command.imported ? notAfter(command.sentAt, at) : at,
    clientMessageId: command.clientMessageId,
    externalId: command.externalId,
  });
  const messageId = message.id;
  return accept({
    event: waits
      ? { type: 'customer.message', at, by, messageId }
      : { type: 'message.recorded', at, by, messageId, origin: 'customer', note: false },
    message,
  });
}

function fromBusiness(command: CommandOf<'receive'>, { at, newId }: Situation): Decision {
  const kind = command.automated ? 'system' : 'external';
  const by: Cause = { kind, id: null, name: null };
  const sentAt = notAfter(command.sentAt, at);
  const message = unnumbered({
    id: newId(),
    author: { kind, id: null, name: command.automated ? 'Automated' : 'Another device' },
    text: command.text,
    createdAt: sentAt,
    clientMessageId: command.clientMessageId,
    externalId: command.externalId,
  });
  const messageId = message.id;
  return accept({
    event:
      command.automated || command.imported
        ? { type: 'message.recorded', at, by, messageId, origin: kind, note: false }
        : { type: 'human.message', at, by, messageId, sentAt, answersUpTo: null },
    message,
  });
}

/** Times from outside are never in the future (TIME-1). */
function notAfter(sentAt: number | null, at: number): number {
  return Math.min(sentAt ?? at, at);
}
