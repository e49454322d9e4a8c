import { isStale } from '@baton/conversation';
import { type Person, sendAnywayId } from '@baton/protocol';
import type { CommandOf } from './commands.ts';
import { byTeammate, type Decision, accept, type Situation, unnumbered } from './decision.ts';

/** A teammate's message to the customer, or a note to the team. */
export function decideSend(command: CommandOf<'send'>, situation: Situation): Decision {
  const { by, text, clientMessageId, note, force, lastSeenSeq } = command;
  const { snapshot, at, newId } = situation;
  const message = unnumbered({ id: newId(), author: toAuthor(by), text, createdAt: at, clientMessageId, note });
  if (note) {
    const recorded = { type: 'message.recorded', messageId: message.id, origin: 'teammate', note } as const;
    return accept({ event: { ...recorded, at, by: byTeammate(by) }, message });
  }
  if (!force && lastSeenSeq === null) {
    return { kind: 'rejected', code: 'invalid', detail: 'lastSeenSeq is needed unless force' };
  }
  if (!force && isStale(snapshot, by.id, lastSeenSeq ?? 0)) {
    return { kind: 'rejected', code: 'stale_view', newerThan: lastSeenSeq ?? 0 };
  }
  // With `force`, all stored messages count as seen.
  const { lastSeq } = snapshot.context;
  const answersUpTo = force ? lastSeq : Math.min(lastSeenSeq ?? 0, lastSeq);
  return accept({
    event: { type: 'human.message', at, by: byTeammate(by), messageId: message.id, sentAt: at, answersUpTo },
    message: { ...message, delivery: 'queued' },
  });
}

/** *Send anyway*: a message that was not sent becomes the teammate's, with a new `seq`, once (SEND-3). */
export function decideSendAnyway(command: CommandOf<'sendAnyway'>, situation: Situation): Decision {
  const { by, messageId } = command;
  const { named, snapshot, at, newId } = situation;
  if (named === null) return { kind: 'rejected', code: 'not_found' };
  const isOurs = named.author.kind === 'agent' || named.author.kind === 'teammate';
  const mayGoAgain = named.delivery === 'withheld' || named.delivery === 'failed' || named.delivery === 'uncertain';
  if (!isOurs || !mayGoAgain) {
    return { kind: 'rejected', code: 'conflict', detail: `the message is ${named.delivery ?? 'not one that is sent'}` };
  }
  if (named.retrying)
    return { kind: 'rejected', code: 'conflict', detail: 'the message is being sent again automatically' };
  const message = unnumbered({
    id: newId(),
    author: toAuthor(by),
    text: named.text,
    createdAt: at,
    clientMessageId: sendAnywayId(messageId),
    delivery: 'queued',
  });
  const answersUpTo = snapshot.context.lastSeq;
  const event = { type: 'human.message', messageId: message.id, sentAt: at, answersUpTo } as const;
  return accept({ event: { ...event, at, by: byTeammate(by) }, message });
}

function toAuthor({ id, name }: Person) {
  return { kind: 'teammate', id, name } as const;
}
