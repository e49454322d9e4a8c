import { type ReceiveMessage, receivedMessage, receiveMessage } from '@baton/protocol';
import type { InboundRoute } from '../channel-module.ts';
import { matchesSecret } from '../secrets.ts';

/** One message per request, from the other system. */
export const inboundMessages: InboundRoute = {
  path: 'messages',
  operationId: 'receiveMessage',
  summary: 'Receive a message of an HTTP channel, or an echo from another device of the business',
  description: 'Send the inbound secret of the channel as a bearer token.',
  isBearer: true,
  body: receiveMessage,
  answer: receivedMessage,
  verify(request, { inboundSecretHash }) {
    const secret = /^Bearer +(\S{1,500})$/i.exec(request.header('authorization') ?? '')?.[1];
    return secret !== undefined && matchesSecret(secret, inboundSecretHash);
  },
  read({ from, customer, externalId, text, sentAt, automated = false, imported = false }: ReceiveMessage) {
    const { name = null } = customer;
    const sentAtMs = sentAt === undefined ? null : Date.parse(sentAt);
    return [
      {
        from,
        customer: { externalId: customer.externalId, name },
        externalId,
        text,
        sentAt: sentAtMs,
        automated,
        imported,
      },
    ];
  },
  reply: ([receipt]) => receipt,
};
