import { customerView, isAllowedOrigin, type VisitorTokens } from '@baton/channels';
import { CUSTOMER_CLIENT_EVENTS, makeProblem, type CustomerClientEvents, type ProblemCode } from '@baton/protocol';
import type { Logger } from 'pino';
import type { Dispatcher } from '../../ports.ts';
import { messageOf } from '../../problems/outcome.ts';
import { problemOf } from '../../problems/socket-problem.ts';
import { TokenBucket, uptime } from '../../timing/token-bucket.ts';
import type { CustomerCatchUp } from '../fan-out/customer-catch-up.ts';
import type { CustomerTyping } from '../fan-out/customer-typing.ts';
import type { RealtimeReads } from '../fan-out/reads.ts';
import { customerOf } from '../fan-out/rooms.ts';
import type { CustomerNamespace, CustomerSocket } from '../fan-out/sockets.ts';
import type { PresenceRegistry } from '../presence/presence-registry.ts';
import { admissionMiddleware } from './admission.ts';
import { forgetRequest } from './namespaces.ts';
import type { PendingAnswers } from './pending-answers.ts';
import { serveEvents, validated, type EventHandlers } from './serve-events.ts';
import type { VisitorAccess } from './visitor-access.ts';

export interface CustomerGatewayParts {
  customers: CustomerNamespace;
  visitorTokens: Pick<VisitorTokens, 'verify'>;
  /** Origins of our own pages, which may embed every chat. */
  trustedOrigins: readonly string[];
  reads: RealtimeReads;
  runtime: Dispatcher;
  presence: PresenceRegistry;
  customerTyping: CustomerTyping;
  catchUp: Pick<CustomerCatchUp, 'connected' | 'disconnected'>;
  pendingAnswers: PendingAnswers;
  visitorAccess: VisitorAccess;
  logger: Logger;
  maxAnswerMs?: number | undefined;
}

const RATE_LIMIT = { burst: 20, perSecond: 2 };
const MAX_MESSAGES = 200;
/** A reply may leave after a message with a higher `seq`, so history overlaps by this many. Clients merge by id. */
const OVERLAP = 50;

/** Serves the chat: each connection belongs to one customer in one conversation. */
export function serveCustomers(parts: CustomerGatewayParts): void {
  const { customers, presence, customerTyping, catchUp, pendingAnswers, logger, maxAnswerMs } = parts;
  const serve = serveEvents<CustomerSocket>({
    handlers: eventHandlers(parts),
    check: (_, { data }) => (data.bucket.take() ? null : makeProblem('rate_limited')),
    problemOf: problemOf(logger),
    maxAnswerMs,
  });

  const onError = (error: unknown) => logger.warn({ err: error }, 'connecting a customer failed');
  customers.use(admissionMiddleware({ admit: (socket: CustomerSocket) => admit(socket, parts), onError }));

  customers.on('connection', (socket) => {
    forgetRequest(socket);
    const { key, customer, conversation } = socket.data;
    if (conversation === null) throw new Error('a socket connected twice');
    socket.data.conversation = null;
    void socket.join(customerOf(key));
    for (const from of customerTyping.connected(key, conversation)) socket.emit('typing', { from, typing: true });
    catchUp.connected(key, conversation.revision);
    presence.enter(key, socket.id, { kind: 'customer', ...customer });

    pendingAnswers.add(socket.id, serve(socket));

    socket.on('disconnect', () => {
      pendingAnswers.delete(socket.id);
      customerTyping.disconnected(key);
      catchUp.disconnected(key);
      presence.leave(key, socket.id);
    });
  });
}

/** The token names the conversation; its channel names the web pages that may show it. Null if admitted. */
async function admit(
  socket: CustomerSocket,
  { visitorTokens, reads, visitorAccess, trustedOrigins }: CustomerGatewayParts,
): Promise<ProblemCode | null> {
  const token: unknown = socket.handshake.auth['token'];
  const visitor = typeof token === 'string' ? visitorTokens.verify(token) : null;
  if (!visitor) return 'unauthenticated';
  const { workspaceId, channelId, conversationId } = visitor;
  const key = { workspaceId, conversationId };
  const [allowed, [located], isOpen] = await Promise.all([
    reads.allowedOrigins(workspaceId, channelId),
    reads.conversations([key]),
    visitorAccess.isOpen(key),
  ]);
  if (!allowed || !located || !isOpen) return 'unauthenticated';
  const { origin } = socket.handshake.headers;
  if (origin !== undefined && !isAllowedOrigin(origin, trustedOrigins, allowed)) return 'bad_origin';
  const { key: _, ...conversation } = located;
  socket.data = { key, customer: conversation.customer, conversation, bucket: new TokenBucket(RATE_LIMIT, uptime) };
  return null;
}

function eventHandlers({
  reads,
  runtime,
  presence,
}: CustomerGatewayParts): EventHandlers<CustomerClientEvents, CustomerSocket> {
  return {
    message: validated(
      CUSTOMER_CLIENT_EVENTS.message,
      async ({ text, clientMessageId }, { id, data: { key } }: CustomerSocket) => {
        const outcome = await runtime.dispatch(key, {
          type: 'receive',
          from: 'customer',
          text,
          clientMessageId,
          externalId: null,
          sentAt: null,
          automated: false,
          imported: false,
        });
        presence.setWriting(key, id, null);
        const message = customerView(messageOf(outcome));
        if (!message) throw new Error('a customer cannot see their own message');
        return { ok: true, message };
      },
    ),

    typing: validated(CUSTOMER_CLIENT_EVENTS.typing, async ({ typing }, { id, data: { key } }: CustomerSocket) => {
      presence.setWriting(key, id, typing ? { note: false } : null);
      return { ok: true };
    }),

    history: validated(CUSTOMER_CLIENT_EVENTS.history, async ({ afterSeq = 0 }, { data: { key } }: CustomerSocket) => {
      const messages = await reads.messages(key, { afterSeq: Math.max(0, afterSeq - OVERLAP) }, MAX_MESSAGES);
      return { ok: true, messages: messages.map(customerView).filter((message) => message !== null) };
    }),
  };
}
