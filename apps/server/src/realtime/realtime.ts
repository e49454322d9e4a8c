import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { VisitorTokens } from '@baton/channels';
import type { ConversationKey, Publisher } from '@baton/runtime';
import type { Logger } from 'pino';
import type { Auth } from '../auth/auth.ts';
import type { ClusterBus } from '../cluster/cluster-bus.ts';
import { ClusterPublisher } from '../cluster/cluster-publisher.ts';
import { clusterUpdates } from '../cluster/cluster-updates.ts';
import { RemoteNodes } from '../cluster/remote-nodes.ts';
import { outage } from '../logging/outage.ts';
import type { ChatPresence, ConnectionTyping, Dispatcher, TeamUpdates } from '../ports.ts';
import type { Every } from '../timing/every.ts';
import { AgentUpdates } from './fan-out/agent-updates.ts';
import { CustomerCatchUp } from './fan-out/customer-catch-up.ts';
import { CustomerTyping } from './fan-out/customer-typing.ts';
import { FanOut } from './fan-out/fan-out.ts';
import { ListFrames } from './fan-out/list-frames.ts';
import { PresenceFrames } from './fan-out/presence-frames.ts';
import { PublishedRevisions } from './fan-out/published-revisions.ts';
import type { RealtimeReads } from './fan-out/reads.ts';
import { Repair } from './fan-out/repair.ts';
import { connectionsOf, watchersOf } from './fan-out/rooms.ts';
import { serveCustomers } from './gateway/customer-gateway.ts';
import { Membership } from './gateway/membership.ts';
import { openNamespaces } from './gateway/namespaces.ts';
import { PendingAnswers } from './gateway/pending-answers.ts';
import { serveTeam } from './gateway/team-gateway.ts';
import { VisitorAccess } from './gateway/visitor-access.ts';
import { PresenceRegistry } from './presence/presence-registry.ts';

export interface RealtimeParts {
  reads: RealtimeReads;
  trustedOrigins: readonly string[];
  bus: ClusterBus;
  every: Every;
  /** The database's clock, as estimated by this node. */
  now: () => number;
  logger: Logger;
  /** Events without an answer by then are answered with `unavailable`. Default 10 000. */
  maxAnswerMs?: number | undefined;
}

/** Further dependencies of the gateways. Some of it needs the publisher first. */
export interface GatewayParts {
  auth: Pick<Auth, 'authenticate'>;
  visitorTokens: Pick<VisitorTokens, 'verify'>;
  runtime: Dispatcher;
  typing: ConnectionTyping;
}

export interface Realtime {
  publisher: Publisher;
  /** `agent`: the name of the agent that generates a reply; null once it stopped. */
  setReplyingAgent(key: ConversationKey, agent: string | null): void;
  /** Checks at once, instead of within half a second, whether connected teammates lost access. */
  accessChanged(): void;
  updates: TeamUpdates;
  /** The presence of simulated customers. */
  chats: ChatPresence;
  /** Numbers of open connections, for the metrics. */
  connections: { teamConnections: () => number; customerConnections: () => number };
  /** Opens the gateways on this server. Its own request listener must be in place. */
  serve(server: HttpServer, gateways: GatewayParts): void;
  close(): Promise<void>;
}

/** How long a stopping node waits for pending answers and list frames. */
const CLOSE_TIMEOUT_MS = 2_000;

/** Wires the live side: commits go out to the sockets of all nodes, and events of clients come in. */
export function createRealtime(parts: RealtimeParts): Realtime {
  const { reads, trustedOrigins, bus, every, now, logger } = parts;
  const namespaces = openNamespaces(trustedOrigins);
  const { team, customers } = namespaces;
  const liveUpdates = outage(logger, 'live updates');
  const inBackground = (work: Promise<void>) => void work.catch(liveUpdates.failed);

  // Connected callers and their access.
  const membership = new Membership(reads);
  const visitorAccess = new VisitorAccess(customers, reads);
  const presence = new PresenceRegistry(() => performance.now());
  const presenceFrames = new PresenceFrames({ team, presence });
  const customerTyping = new CustomerTyping(customers, presence);
  presence.subscribe(({ key, part }) => {
    if (part === 'connections') presenceFrames.changed(key);
    customerTyping.presenceChanged(key);
  });

  // From commits to sockets, and the repair of what got lost between nodes.
  const published = new PublishedRevisions();
  const lists = new ListFrames({ team, reads, published, every });
  const catchUp = new CustomerCatchUp({ customers, reads });
  const repair = new Repair({ reads, now, workspaces: () => membership.workspaces(), published, lists });
  const onError = (error: unknown) => logger.error({ err: error }, 'publishing a commit failed');
  const fanOut = new FanOut({ team, customers, lists, presence, customerTyping, catchUp, onError });
  const agentUpdates = new AgentUpdates({ team, reads });
  const localUpdates: TeamUpdates = {
    read: ({ workspaceId, teammateId }, marker) =>
      void team.to(connectionsOf(workspaceId, teammateId)).emit('read', marker),
    agentsChanged: (workspaceId) => inBackground(agentUpdates.sendChanged([workspaceId])),
  };

  // Between nodes.
  const checkMembership = () => inBackground(membership.check());
  const findMissed = () => {
    inBackground(repair.look());
    inBackground(catchUp.compareRevisions());
    inBackground(agentUpdates.sendChanged(membership.workspaces()));
  };
  const remoteNodes = new RemoteNodes({
    bus,
    presence,
    fanOut,
    updates: localUpdates,
    onMissed: findMissed,
    onAccessChanged: checkMembership,
  });

  async function sendRevisions(): Promise<void> {
    for (const { key, revision } of await reads.revisions(presence.localKeys())) {
      team.to(watchersOf(key)).emit('heads', [{ conversationId: key.conversationId, revision }]);
    }
  }

  const rounds = [
    every(250, () => inBackground(lists.flush())),
    every(250, () => presenceFrames.flushAttendance()),
    every(250, () => remoteNodes.answerRequests()),
    every(250, () => inBackground(catchUp.fillGaps())),
    // Reads the database whenever a teammate is connected, so it also notices when the database works again.
    every(500, () => inBackground(membership.check().then(liveUpdates.worked))),
    every(500, () => inBackground(visitorAccess.check())),
    every(1_000, () => presence.expireWriting()),
    every(5_000, findMissed),
    every(10_000, () => team.emit('clock', now())),
    every(10_000, () => inBackground(sendRevisions())),
  ];

  const pendingAnswers = new PendingAnswers();
  return {
    publisher: new ClusterPublisher(fanOut, bus),
    setReplyingAgent: (key, agent) => presence.setAgent(key, agent),
    accessChanged() {
      checkMembership();
      bus.publish({ type: 'accessChanged' });
    },
    updates: clusterUpdates(localUpdates, bus),
    chats: {
      enter: (key, connection, customer) => presence.enter(key, connection, { kind: 'customer', ...customer }),
      typing: (key, connection, typing) => presence.setWriting(key, connection, typing ? { note: false } : null),
      leave: (key, connection) => presence.leave(key, connection),
    },
    connections: {
      teamConnections: () => team.sockets.size,
      customerConnections: () => customers.sockets.size,
    },
    serve(server, gateways) {
      const { maxAnswerMs } = parts;
      const shared = { ...gateways, reads, presence, pendingAnswers, logger, maxAnswerMs };
      serveTeam({ ...shared, team, membership, presenceFrames, agentUpdates, now });
      serveCustomers({ ...shared, customers, trustedOrigins, customerTyping, catchUp, visitorAccess });
      namespaces.attach(server);
    },
    async close() {
      for (const stop of rounds) stop();
      const flushed = pendingAnswers.allAnswered().then(() => lists.flush());
      await Promise.race([flushed.catch(liveUpdates.failed), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
      lists.finish();
      await namespaces.close();
    },
  };
}
