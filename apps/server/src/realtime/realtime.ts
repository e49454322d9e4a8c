import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConversationKey, Publisher } from '@baton/runtime';
import type { Logger } from 'pino';
import type { Auth } from '../auth/auth.ts';
import type { VisitorTokens } from '@baton/channels';
import type { Dispatcher, NewsPort } from '../deps.ts';
import { outage } from '../logging/outage.ts';
import type { NodeTalk } from '../cluster/cluster-bus.ts';
import { AgentNews } from './fan-out/agent-updates.ts';
import { Attendance } from './fan-out/attendance.ts';
import { CustomerCatchUp } from './fan-out/customer-catch-up.ts';
import { serveCustomers } from './gateway/customer-gateway.ts';
import { CustomerTyping } from './fan-out/customer-typing.ts';
import { FanOut } from './fan-out/fan-out.ts';
import { InHand } from './gateway/pending-answers.ts';
import { ListFrames } from './fan-out/list-frames.ts';
import { Membership } from './gateway/membership.ts';
import { openNamespaces } from './gateway/namespaces.ts';
import { Neighbours } from '../cluster/remote-nodes.ts';
import { OpenDoors } from './gateway/visitor-access.ts';
import type { ChatPresence, ConnectionTyping, Every, RealtimeReads } from './ports.ts';
import { PresenceBoard } from './presence/presence-board.ts';
import { Repair } from './fan-out/repair.ts';
import { ReplyingAgents } from './presence/replying-agents.ts';
import { connectionsOf, watchersOf } from './fan-out/rooms.ts';
import { serveTeam } from './gateway/team-gateway.ts';

export interface RealtimeParts {
  reads: RealtimeReads;
  trustedOrigins: readonly string[];
  /** With the other nodes. */
  talk: NodeTalk;
  every: Every;
  /** The database's clock, as this node knows it. */
  now: () => number;
  logger: Logger;
  /** After so long without an answer an event is answered `unavailable`. Default 10 000. */
  longestAnswerMs?: number;
}

/** What the gateways need besides, and what in turn needs the publisher. */
export interface GatewayParts {
  auth: Pick<Auth, 'authenticate'>;
  visitorTokens: Pick<VisitorTokens, 'verify'>;
  runtime: Dispatcher;
  typing: ConnectionTyping;
}

export interface Realtime {
  publisher: Publisher;
  /** The name of the agent that makes a reply there, null when it no longer does. */
  agentReplies(key: ConversationKey, agent: string | null): void;
  /** Looks at once, instead of within half a second, whether anybody connected has lost access. */
  membershipChanged(): void;
  /** Tells open pages what no event of a conversation tells. */
  news: NewsPort;
  /** For customers who are simulated. */
  chats: ChatPresence;
  /** How many are open now, for the metrics. */
  connections: { teamConnections: () => number; customerConnections: () => number };
  /** Opens the gateways on this server, whose own request listener must be in place. */
  serve(server: HttpServer, gateways: GatewayParts): void;
  close(): Promise<void>;
}

/** Of a stop, for those who have been heard. */
const LONGEST_FAREWELL_MS = 2_000;

/** Puts the live side together: what is committed goes out, and what clients ask comes in. */
export function createRealtime({ reads, trustedOrigins, talk, every, now, logger, ...rest }: RealtimeParts): Realtime {
  const namespaces = openNamespaces(trustedOrigins);
  const { team, customers } = namespaces;
  const live = outage(logger, 'live updates');
  const inBackground = (round: Promise<void>) => void round.catch(live.failed);

  const board: PresenceBoard = new PresenceBoard({
    team,
    now: () => performance.now(),
    onChange: (key) => {
      typingShown.writersChanged(key);
      attendance.changed(key);
    },
    onSeats: (key, seats) => talk.tell({ type: 'seats', key, seats }),
  });
  const attendance = new Attendance({ team, presenceOf: (key) => board.of(key) });
  const replying = new ReplyingAgents();
  const typingShown = new CustomerTyping(
    customers,
    (key) => board.writers(key),
    (key) => replying.of(key),
  );
  const catchUp = new CustomerCatchUp({ customers, reads });
  const inHand = new InHand();
  const repair = new Repair({
    reads,
    now,
    workspaces: () => membership.workspaces(),
    onMissed: (key, revision) => lists.missed(key, revision),
  });
  const lists = new ListFrames({
    team,
    read: (keys) => reads.conversations(keys),
    onSent: (conversationId, revision) => repair.told(conversationId, revision),
    every,
  });
  const agents = new AgentNews({ team, reads });
  const membership = new Membership(reads);
  const doors = new OpenDoors(customers, reads);
  const onBug = (error: unknown) => logger.error({ err: error }, 'a commit could not be told');
  const fanOut = new FanOut({
    team,
    customers,
    lists,
    board,
    typing: typingShown,
    catchUp,
    talk,
    onError: onBug,
  });

  const lookAtAgents = (workspaceIds: string[]): void => inBackground(agents.look(workspaceIds));
  const tellReader: NewsPort['read'] = ({ workspaceId, teammateId }, marker) =>
    void team.to(connectionsOf(workspaceId, teammateId)).emit('read', marker);
  const lookForMissed = (): void => {
    inBackground(repair.look());
    inBackground(catchUp.compare());
    lookAtAgents(membership.workspaces());
  };
  const lookWhoMay = (): void => inBackground(membership.check());
  const neighbours = new Neighbours({
    talk,
    board,
    typing: typingShown,
    replying,
    fanOut,
    onMissed: lookForMissed,
    onEnded: lookWhoMay,
    onRead: tellReader,
    onAgents: (workspaceId) => lookAtAgents([workspaceId]),
  });

  async function sendHeads(): Promise<void> {
    for (const { key, revision } of await reads.revisions(board.open())) {
      team.to(watchersOf(key)).emit('heads', [{ conversationId: key.conversationId, revision }]);
    }
  }

  const rounds = [
    every(250, () => inBackground(lists.flush())),
    every(250, () => attendance.flush()),
    every(250, () => neighbours.answer()),
    every(250, () => inBackground(catchUp.fill())),
    // Whenever somebody is connected this asks the database something, so it is what knows when that works again.
    every(500, () => inBackground(membership.check().then(live.worked))),
    every(500, () => inBackground(doors.check())),
    every(1_000, () => board.expire()),
    every(5_000, lookForMissed),
    every(10_000, () => team.emit('clock', now())),
    every(10_000, () => inBackground(sendHeads())),
  ];

  return {
    publisher: fanOut,
    agentReplies(key, agent) {
      replying.here(key, agent);
      typingShown.agentChanged(key);
      talk.tell({ type: 'replying', key, agent });
    },
    membershipChanged() {
      lookWhoMay();
      talk.tell({ type: 'ended' });
    },
    news: {
      read(reader, marker) {
        tellReader(reader, marker);
        talk.tell({ type: 'read', reader, marker });
      },
      agentsChanged(workspaceId) {
        lookAtAgents([workspaceId]);
        talk.tell({ type: 'agents', workspaceId });
      },
    },
    chats: {
      enter: (key, connection, customer) => board.enter(key, connection, { kind: 'customer', ...customer }),
      typing: (key, connection, typing) => board.write(key, connection, typing ? { note: false } : null),
      leave: (key, connection) => board.leave(key, connection),
    },
    connections: {
      teamConnections: () => team.sockets.size,
      customerConnections: () => customers.sockets.size,
    },
    serve(server, { auth, visitorTokens, runtime, typing }) {
      serveTeam({ team, auth, reads, typing, board, attendance, agents, membership, inHand, now, logger, ...rest });
      serveCustomers({
        customers,
        visitorTokens,
        trustedOrigins,
        reads,
        runtime,
        board,
        typing: typingShown,
        catchUp,
        inHand,
        doors,
        logger,
        ...rest,
      });
      namespaces.attach(server);
    },
    async close() {
      for (const stop of rounds) stop();
      // Whoever has been heard is answered, and told what is new, if that does not take for ever.
      const told = inHand.answered().then(() => lists.flush());
      await Promise.race([told.catch(live.failed), delay(LONGEST_FAREWELL_MS, undefined, { ref: false })]);
      lists.finish();
      await namespaces.close();
    },
  };
}
