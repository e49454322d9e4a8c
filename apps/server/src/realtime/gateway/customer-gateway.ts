import { customerView, isAllowedOrigin, type VisitorTokens } from '@baton/channels';
import { CUSTOMER_CLIENT_EVENTS, makeProblem, type CustomerClientEvents, type ProblemCode } from '@baton/protocol';
import type { Logger } from 'pino';
import type { Dispatcher } from '../../deps.ts';
import { messageOf } from '../../problems/outcome.ts';
import type { CustomerCatchUp } from '../fan-out/customer-catch-up.ts';
import type { CustomerTyping } from '../fan-out/customer-typing.ts';
import { door } from './admission.ts';
import type { InHand } from './pending-answers.ts';
import { forgetRequest, type CustomerNamespace, type CustomerSocket } from './namespaces.ts';
import type { OpenDoors } from './visitor-access.ts';
import type { RealtimeReads } from '../ports.ts';
import type { PresenceBoard } from '../presence/presence-board.ts';
import { problemOf } from '../../problems/socket-problem.ts';
import { customerOf } from '../fan-out/rooms.ts';
import { served, serveEvents, type ServedEvents } from './serve-events.ts';
import { TokenBucket, uptime } from '../../timing/token-bucket.ts';

export interface CustomerGatewayParts {
  customers: CustomerNamespace;
  visitorTokens: Pick<VisitorTokens, 'verify'>;
  /** Our own pages may embed every chat. */
  trustedOrigins: readonly string[];
  reads: RealtimeReads;
  runtime: Dispatcher;
  board: PresenceBoard;
  typing: CustomerTyping;
  catchUp: Pick<CustomerCatchUp, 'connected' | 'disconnected'>;
  inHand: InHand;
  doors: OpenDoors;
  logger: Logger;
  longestAnswerMs?: number;
}

const LIMIT = { burst: 20, perSecond: 2 };
const MOST_MESSAGES = 200;
/** A reply may go out after a message with a higher `seq`: history looks back this far, and clients know messages by id. */
const LOOK_BACK = 50;

/** The chat's connection: one customer in one conversation, and nothing else. */
export function serveCustomers(parts: CustomerGatewayParts): void {
  const { customers, board, typing, catchUp, inHand, logger, longestAnswerMs } = parts;
  const serve = serveEvents<CustomerSocket>({
    events: eventsOf(parts),
    refuse: (_, { data }) => (data.bucket.take() ? null : makeProblem('rate_limited')),
    problemOf: problemOf(logger),
    longestAnswerMs,
  });

  const onError = (error: unknown) => logger.warn({ err: error }, 'a customer could not be connected');
  customers.use(door({ admit: (socket: CustomerSocket) => admit(socket, parts), onError }));

  customers.on('connection', (socket) => {
    forgetRequest(socket);
    const { key, customer, conversation } = socket.data;
    if (conversation === null) throw new Error('a customer is connected once');
    socket.data.conversation = null;
    void socket.join(customerOf(key));
    for (const from of typing.connected(key, conversation)) socket.emit('typing', { from, typing: true });
    catchUp.connected(key, conversation.revision);
    board.enter(key, socket.id, { kind: 'customer', ...customer });

    inHand.add(socket.id, serve(socket));

    socket.on('disconnect', () => {
      inHand.delete(socket.id);
      typing.disconnected(key);
      catchUp.disconnected(key);
      board.leave(key, socket.id);
    });
  });
}

/** The token says which conversation; the channel says which web pages may show it. Null where all is well. */
async function admit(
  socket: CustomerSocket,
  { visitorTokens, reads, doors, trustedOrigins }: CustomerGatewayParts,
): Promise<ProblemCode | null> {
  const token: unknown = socket.handshake.auth['token'];
  const visitor = typeof token === 'string' ? visitorTokens.verify(token) : null;
  if (!visitor) return 'unauthenticated';
  const { workspaceId, channelId, conversationId } = visitor;
  const key = { workspaceId, conversationId };
  const [allowed, [located], isOpen] = await Promise.all([
    reads.allowedOrigins(workspaceId, channelId),
    reads.conversations([key]),
    doors.isOpen(key),
  ]);
  if (!allowed || !located || !isOpen) return 'unauthenticated';
  const { origin } = socket.handshake.headers;
  if (origin !== undefined && !isAllowedOrigin(origin, trustedOrigins, allowed)) return 'bad_origin';
  const { key: _, ...conversation } = located;
  socket.data = { key, customer: conversation.customer, conversation, bucket: new TokenBucket(LIMIT, uptime) };
  return null;
}

function eventsOf({ reads, runtime, board }: CustomerGatewayParts): ServedEvents<CustomerClientEvents, CustomerSocket> {
  return {
    message: served(
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
        board.write(key, id, null);
        const message = customerView(messageOf(outcome));
        if (!message) throw new Error("a customer's own message is theirs to see");
        return { ok: true, message };
      },
    ),

    typing: served(CUSTOMER_CLIENT_EVENTS.typing, async ({ typing }, { id, data: { key } }: CustomerSocket) => {
      board.write(key, id, typing ? { note: false } : null);
      return { ok: true };
    }),

    history: served(CUSTOMER_CLIENT_EVENTS.history, async ({ afterSeq = 0 }, { data: { key } }: CustomerSocket) => {
      const messages = await reads.messages(key, { afterSeq: Math.max(0, afterSeq - LOOK_BACK) }, MOST_MESSAGES);
      return { ok: true, messages: messages.map(customerView).filter((message) => message !== null) };
    }),
  };
}
