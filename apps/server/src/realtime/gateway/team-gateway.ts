import {
  makeProblem,
  may,
  TEAM_CLIENT_EVENTS,
  type Permission,
  type ProblemCode,
  type TeamClientEvents,
} from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { Logger } from 'pino';
import type { Auth } from '../../auth/auth.ts';
import { refusalOf } from '../../problems/outcome.ts';
import { found, Refusal } from '../../problems/rejection.ts';
import type { AgentNews } from '../fan-out/agent-updates.ts';
import type { Attendance } from '../fan-out/attendance.ts';
import { door } from './admission.ts';
import type { InHand } from './pending-answers.ts';
import type { Membership } from './membership.ts';
import { forgetRequest, type TeamNamespace, type TeamSocket } from './namespaces.ts';
import type { ConnectionTyping, RealtimeReads } from '../ports.ts';
import type { PresenceBoard } from '../presence/presence-board.ts';
import { problemOf } from '../../problems/socket-problem.ts';
import { connectionsOf, everyoneIn, watchersOf } from '../fan-out/rooms.ts';
import { served, serveEvents, type ServedEvents } from './serve-events.ts';
import { TokenBucket, uptime } from '../../timing/token-bucket.ts';

export interface TeamGatewayParts {
  team: TeamNamespace;
  auth: Pick<Auth, 'authenticate'>;
  reads: RealtimeReads;
  typing: ConnectionTyping;
  board: PresenceBoard;
  attendance: Pick<Attendance, 'welcome'>;
  agents: Pick<AgentNews, 'welcome'>;
  membership: Membership;
  inHand: InHand;
  /** The database's clock, as this node knows it. */
  now: () => number;
  logger: Logger;
  longestAnswerMs?: number;
}

const NEEDS = {
  watch: 'conversation.read',
  unwatch: 'conversation.read',
  typing: 'conversation.write',
  idle: 'conversation.read',
} as const satisfies Record<keyof TeamClientEvents, Permission>;
const needs = new Map<string, Permission>(Object.entries(NEEDS));

const PRINTABLE = /^[\x21-\x7e]{1,500}$/;
const LIMIT = { burst: 60, perSecond: 20 };
const MOST_WATCHED = 50;
const MOST_MESSAGES = 200;

/** The inbox's connection: who may open one, and what it may ask. */
export function serveTeam(parts: TeamGatewayParts): void {
  const { team, auth, membership, board, attendance, agents, typing, inHand, now, logger, longestAnswerMs } = parts;
  const serve = serveEvents<TeamSocket>({
    events: eventsOf(parts),
    refuse(event, { data }) {
      if (!data.bucket.take()) return makeProblem('rate_limited');
      const needed = needs.get(event);
      return needed && may(data.caller.role, needed) ? null : makeProblem('forbidden');
    },
    problemOf: problemOf(logger),
    longestAnswerMs,
  });

  const onError = (error: unknown) => logger.warn({ err: error }, 'a connection could not be authenticated');
  team.use(door({ admit: (socket: TeamSocket) => admit(socket, auth), onError }));

  team.on('connection', (socket) => {
    forgetRequest(socket);
    const { workspace, teammate } = socket.data.caller;
    void socket.join([everyoneIn(workspace.id), connectionsOf(workspace.id, teammate.id)]);
    membership.add(socket);
    socket.emit('clock', now());
    attendance.welcome(socket);
    agents.welcome(socket).catch((error: unknown) => {
      logger.warn({ err: error }, 'a connection was not told of paused agents: the next round tells it');
    });

    inHand.add(socket.id, serve(socket));

    socket.on('disconnect', () => {
      inHand.delete(socket.id);
      membership.remove(socket);
      typing.connectionLost(socket.id);
      for (const key of socket.data.watched.values()) board.leave(key, socket.id);
    });
  });
}

/** Null where all is well. */
async function admit(socket: TeamSocket, auth: TeamGatewayParts['auth']): Promise<ProblemCode | null> {
  const caller = await auth.authenticate(headersOf(socket));
  if (!caller) return 'unauthenticated';
  socket.data = { caller, watched: new Map(), idle: false, bucket: new TokenBucket(LIMIT, uptime) };
  return null;
}

/** An API key in `auth.token`, else the session's cookie: read by the same authentication as every request. */
function headersOf(socket: TeamSocket): Headers {
  const token: unknown = socket.handshake.auth['token'];
  // What no header can carry is no key either.
  if (typeof token === 'string') return new Headers(PRINTABLE.test(token) ? { authorization: `Bearer ${token}` } : {});
  return new Headers({ cookie: socket.handshake.headers.cookie ?? '' });
}

function eventsOf({ reads, typing, board }: TeamGatewayParts): ServedEvents<TeamClientEvents, TeamSocket> {
  async function leave(socket: TeamSocket, key: ConversationKey): Promise<void> {
    if (!socket.data.watched.delete(key.conversationId)) return;
    await socket.leave(watchersOf(key));
    board.leave(key, socket.id);
    // Leaving the conversation ends the lease at once (HOLD-4).
    await typing.stop(key, whoIs(socket), socket.id);
  }

  return {
    watch: served(TEAM_CLIENT_EVENTS.watch, async ({ conversationId, afterSeq, sinceRevision }, socket: TeamSocket) => {
      const key = keyOf(socket, conversationId);
      const me = whoIs(socket);
      const { watched } = socket.data;
      if (watched.size >= MOST_WATCHED && !watched.has(conversationId)) {
        throw new Refusal('rate_limited', { detail: `At most ${MOST_WATCHED} conversations are watched at once` });
      }
      // First listening, then reading: whatever is committed between the two arrives as an event.
      await socket.join(watchersOf(key));
      watched.set(conversationId, key);
      try {
        const [conversation, messages] = await Promise.all([
          reads.conversation(key, me.id),
          reads.messages(key, { afterSeq, sinceRevision }, MOST_MESSAGES),
        ]);
        const answer = { conversation: found(conversation), messages };
        if (socket.connected) board.enter(key, socket.id, { kind: 'teammate', ...me }, socket.data.idle);
        return { ok: true, ...answer, presence: board.of(key) };
      } catch (error) {
        watched.delete(conversationId);
        await socket.leave(watchersOf(key));
        throw error;
      }
    }),

    unwatch: served(TEAM_CLIENT_EVENTS.unwatch, async ({ conversationId }, socket: TeamSocket) => {
      await leave(socket, keyOf(socket, conversationId));
      return { ok: true };
    }),

    typing: served(TEAM_CLIENT_EVENTS.typing, async (beat, socket: TeamSocket) => {
      const { conversationId, typing: isTyping, note = false } = beat;
      const key = keyOf(socket, conversationId);
      const me = whoIs(socket);
      // A note is presence only; turning to one ends the lease at once.
      const outcome = await (isTyping && !note ? typing.beat(key, me, socket.id) : typing.stop(key, me, socket.id));
      if (!outcome.ok) throw refusalOf(outcome);
      // It may have gone while the lease was being made.
      if (!socket.connected) typing.connectionLost(socket.id);
      board.write(key, socket.id, isTyping ? { note } : null);
      return { ok: true };
    }),

    idle: served(TEAM_CLIENT_EVENTS.idle, ({ idle }, socket: TeamSocket) => {
      socket.data.idle = idle;
      for (const key of socket.data.watched.values()) board.rest(key, socket.id, idle);
      return Promise.resolve({ ok: true });
    }),
  };
}

function keyOf({ data }: TeamSocket, conversationId: string): ConversationKey {
  return { workspaceId: data.caller.workspace.id, conversationId };
}

function whoIs({ data }: TeamSocket): { id: string; name: string } {
  const { id, name } = data.caller.teammate;
  return { id, name };
}
