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
import type { ConnectionTyping } from '../../ports.ts';
import { rejectionOf } from '../../problems/outcome.ts';
import { found, Rejection } from '../../problems/rejection.ts';
import { problemOf } from '../../problems/socket-problem.ts';
import { TokenBucket, uptime } from '../../timing/token-bucket.ts';
import type { AgentUpdates } from '../fan-out/agent-updates.ts';
import type { PresenceFrames } from '../fan-out/presence-frames.ts';
import type { RealtimeReads } from '../fan-out/reads.ts';
import { connectionsOf, everyoneIn, watchersOf } from '../fan-out/rooms.ts';
import type { TeamNamespace, TeamSocket } from '../fan-out/sockets.ts';
import type { PresenceRegistry } from '../presence/presence-registry.ts';
import { admissionMiddleware } from './admission.ts';
import type { Membership } from './membership.ts';
import { forgetRequest } from './namespaces.ts';
import type { PendingAnswers } from './pending-answers.ts';
import { serveEvents, validated, type EventHandlers } from './serve-events.ts';

export interface TeamGatewayParts {
  team: TeamNamespace;
  auth: Pick<Auth, 'authenticate'>;
  reads: RealtimeReads;
  typing: ConnectionTyping;
  presence: PresenceRegistry;
  presenceFrames: Pick<PresenceFrames, 'sendAttendance'>;
  agentUpdates: Pick<AgentUpdates, 'sendAll'>;
  membership: Membership;
  pendingAnswers: PendingAnswers;
  /** The database's clock, as estimated by this node. */
  now: () => number;
  logger: Logger;
  maxAnswerMs?: number | undefined;
}

const PERMISSIONS = {
  watch: 'conversation.read',
  unwatch: 'conversation.read',
  typing: 'conversation.write',
  idle: 'conversation.read',
} as const satisfies Record<keyof TeamClientEvents, Permission>;
const permissionOf = new Map<string, Permission>(Object.entries(PERMISSIONS));

const PRINTABLE = /^[\x21-\x7e]{1,500}$/;
const RATE_LIMIT = { burst: 60, perSecond: 20 };
const MAX_WATCHED = 50;
const MAX_MESSAGES = 200;

/** Serves the inbox: admits teammates and handles their events. */
export function serveTeam(parts: TeamGatewayParts): void {
  const { team, auth, membership, presence, presenceFrames, agentUpdates, typing, pendingAnswers, now, logger } = parts;
  const serve = serveEvents<TeamSocket>({
    handlers: eventHandlers(parts),
    check(event, { data }) {
      if (!data.bucket.take()) return makeProblem('rate_limited');
      const permission = permissionOf.get(event);
      return permission && may(data.caller.role, permission) ? null : makeProblem('forbidden');
    },
    problemOf: problemOf(logger),
    maxAnswerMs: parts.maxAnswerMs,
  });

  const onError = (error: unknown) => logger.warn({ err: error }, 'authenticating a connection failed');
  team.use(admissionMiddleware({ admit: (socket: TeamSocket) => admit(socket, auth), onError }));

  team.on('connection', (socket) => {
    forgetRequest(socket);
    const { workspace, teammate } = socket.data.caller;
    void socket.join([everyoneIn(workspace.id), connectionsOf(workspace.id, teammate.id)]);
    membership.add(socket);
    socket.emit('clock', now());
    presenceFrames.sendAttendance(socket);
    agentUpdates.sendAll(socket).catch((error: unknown) => {
      logger.warn({ err: error }, 'sending paused agents to a new connection failed; the next round sends them');
    });

    pendingAnswers.add(socket.id, serve(socket));

    socket.on('disconnect', () => {
      pendingAnswers.delete(socket.id);
      membership.remove(socket);
      typing.connectionLost(socket.id);
      for (const key of socket.data.watched.values()) presence.leave(key, socket.id);
    });
  });
}

/** Null if admitted. */
async function admit(socket: TeamSocket, auth: TeamGatewayParts['auth']): Promise<ProblemCode | null> {
  const caller = await auth.authenticate(headersOf(socket));
  if (!caller) return 'unauthenticated';
  socket.data = { caller, watched: new Map(), idle: false, bucket: new TokenBucket(RATE_LIMIT, uptime) };
  return null;
}

/** An API key in `auth.token`, otherwise the session cookie: the same authentication as for HTTP requests. */
function headersOf(socket: TeamSocket): Headers {
  const token: unknown = socket.handshake.auth['token'];
  // A header cannot carry other characters, so such a token is no API key.
  if (typeof token === 'string') return new Headers(PRINTABLE.test(token) ? { authorization: `Bearer ${token}` } : {});
  return new Headers({ cookie: socket.handshake.headers.cookie ?? '' });
}

function eventHandlers({ reads, typing, presence }: TeamGatewayParts): EventHandlers<TeamClientEvents, TeamSocket> {
  async function leave(socket: TeamSocket, key: ConversationKey): Promise<void> {
    if (!socket.data.watched.delete(key.conversationId)) return;
    await socket.leave(watchersOf(key));
    presence.leave(key, socket.id);
    // Leaving a conversation ends the typing lease at once (HOLD-4).
    await typing.stop(key, teammateOf(socket), socket.id);
  }

  return {
    watch: validated(
      TEAM_CLIENT_EVENTS.watch,
      async ({ conversationId, afterSeq, sinceRevision }, socket: TeamSocket) => {
        const key = keyOf(socket, conversationId);
        const me = teammateOf(socket);
        const { watched } = socket.data;
        if (watched.size >= MAX_WATCHED && !watched.has(conversationId)) {
          throw new Rejection('rate_limited', { detail: `At most ${MAX_WATCHED} conversations are watched at once` });
        }
        // Joins before it reads, so a commit in between arrives as an event.
        await socket.join(watchersOf(key));
        watched.set(conversationId, key);
        try {
          const [conversation, messages] = await Promise.all([
            reads.conversation(key, me.id),
            reads.messages(key, { afterSeq, sinceRevision }, MAX_MESSAGES),
          ]);
          const answer = { conversation: found(conversation), messages };
          if (socket.connected) presence.enter(key, socket.id, { kind: 'teammate', ...me }, socket.data.idle);
          return { ok: true, ...answer, presence: presence.of(key) };
        } catch (error) {
          watched.delete(conversationId);
          await socket.leave(watchersOf(key));
          throw error;
        }
      },
    ),

    unwatch: validated(TEAM_CLIENT_EVENTS.unwatch, async ({ conversationId }, socket: TeamSocket) => {
      await leave(socket, keyOf(socket, conversationId));
      return { ok: true };
    }),

    typing: validated(TEAM_CLIENT_EVENTS.typing, async (beat, socket: TeamSocket) => {
      const { conversationId, typing: isTyping, note = false } = beat;
      const key = keyOf(socket, conversationId);
      const me = teammateOf(socket);
      // Notes take no lease, and switching to a note ends the lease at once.
      const outcome = await (isTyping && !note ? typing.beat(key, me, socket.id) : typing.stop(key, me, socket.id));
      if (!outcome.ok) throw rejectionOf(outcome);
      // The connection may have ended while the lease was created.
      if (!socket.connected) typing.connectionLost(socket.id);
      presence.setWriting(key, socket.id, isTyping ? { note } : null);
      return { ok: true };
    }),

    idle: validated(TEAM_CLIENT_EVENTS.idle, ({ idle }, socket: TeamSocket) => {
      socket.data.idle = idle;
      for (const key of socket.data.watched.values()) presence.setIdle(key, socket.id, idle);
      return Promise.resolve({ ok: true });
    }),
  };
}

function keyOf({ data }: TeamSocket, conversationId: string): ConversationKey {
  return { workspaceId: data.caller.workspace.id, conversationId };
}

function teammateOf({ data }: TeamSocket): { id: string; name: string } {
  const { id, name } = data.caller.teammate;
  return { id, name };
}
