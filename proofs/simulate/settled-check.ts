import type { Message } from '@baton/protocol';
import type { ConversationRow } from './rows.ts';
import type { World } from './world.ts';

/** The final checks: no message is lost, stuck or stored twice. */
export function checkSettled(world: World): void {
  const { keys, store, clients, observer } = world;
  for (const key of keys) checkRow(store.row(key), world);
  if (clients.unanswered > 0) observer.breaks('[TIME-2] somebody was never answered');
  for (const { name, text, key, answer, messageId } of clients.asks) {
    if (text === null) continue;
    const made = store.row(key).messages.filter(({ message }) => message.text === text && isFirst(message));
    if (made.length > 1) observer.breaks(`[SEND-6] ${name} made ${made.length} messages`);
    if (answer === 'none') observer.breaks(`[TIME-2] ${name} was never answered`);
    if (answer === 'refused' && made.length > 0) observer.breaks(`[SEND-7] ${name} was refused and made a message`);
    if (answer === 'acknowledged' && made[0]?.message.id !== messageId) {
      observer.breaks(`[TIME-2] ${name} was acknowledged and is not stored`);
    }
  }
  for (const { key, externalId } of clients.ownEchoes) {
    if (store.row(key).messages.some((it) => it.externalId === externalId)) {
      observer.breaks(`[HOLD-16] the echo ${externalId} of our own message became one of another device`);
    }
  }
}

function checkRow(row: ConversationRow, { kernel, channel, observer }: World): void {
  const { view, wakeAt, messages, quarantined, snapshot } = row;
  const facts = snapshot.context;
  if (quarantined !== null) observer.breaks(`a conversation is quarantined: ${quarantined}`);
  if (wakeAt !== null && wakeAt <= kernel.now) observer.breaks('[TIME-1] a deadline was left behind');
  if (view.state === 'humanActive') observer.breaks('[HOLD-5] a lease never ended');
  if (view.state === 'humanPriorityWindow') observer.breaks('[HOLD-8] a window never ended');
  const isAgents = view.state === 'agentActive' && facts.raised === null && !facts.rules.paused;
  if (isAgents && facts.waiting.length > 0) {
    observer.breaks('[TURN-5] a customer waits, the agent holds, and nothing happens');
  }
  checkAnswered(row, observer);
  checkDeliveries(row, { channel, observer });
  const external = messages.flatMap((it) => it.externalId ?? []);
  if (new Set(external).size < external.length) observer.breaks('[SEND-6] one inbound message is stored twice');
}

/** A claimed reply counts as an answer only if it may have arrived. */
function checkAnswered({ messages, snapshot }: ConversationRow, observer: World['observer']): void {
  const { inFlight } = snapshot.context;
  if (inFlight === null || inFlight.covers.length === 0) return;
  const reply = messages.find(({ message }) => message.id === inFlight.messageId)?.message;
  if (reply?.delivery !== 'withheld' && reply?.delivery !== 'failed') return;
  observer.breaks(`[TURN-6] message ${reply.seq} is ${reply.delivery}, and what it had answered does not wait again`);
}

function checkDeliveries(
  { messages, snapshot }: ConversationRow,
  { channel, observer }: Pick<World, 'channel' | 'observer'>,
): void {
  for (const { message } of messages) {
    const { id, delivery, seq } = message;
    // A paused agent sends nothing, not even its closing message.
    const isPaused = snapshot.context.rules.paused && message.author.kind === 'agent';
    if ((delivery === 'queued' && !isPaused) || delivery === 'sending')
      observer.breaks(`[SEND-2] message ${seq} is ${delivery} for ever`);
    const isSent = delivery === 'sent' || delivery === 'delivered' || delivery === 'read';
    if (isSent && !channel.received.some((it) => it.messageId === id)) {
      observer.breaks(`[SEND-2] message ${seq} is ${delivery}, and the customer never got it`);
    }
  }
}

/** A text may occur again by *Send anyway*, or as an echo that cannot be recognised. */
function isFirst({ author, text, clientMessageId }: Message): boolean {
  const isEcho = author.kind === 'external' && !text.startsWith('x');
  return !isEcho && clientMessageId?.startsWith('send-anyway:') !== true;
}
