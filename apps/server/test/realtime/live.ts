import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, PostgresStore } from '@baton/database';
import type { Conversation, CustomerViewMessage, Message, Presence } from '@baton/protocol';
import type { ConversationKey, Outcome, Publisher, Sender } from '@baton/runtime';
import { getRequestListener } from '@hono/node-server';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createTestDatabase, type TestDatabase } from '../../../../packages/database/src/testing/test-database.ts';
import { createApp } from '../../src/app.ts';
import { createAuth } from '../../src/auth/auth.ts';
import { setupToken } from '../../src/auth/setup-token.ts';
import { channelModules, settingsSeal, visitorTokens } from '@baton/channels';
import type { AppDeps } from '../../src/deps.ts';
import { createSimulations } from '../../src/demo/create-simulations.ts';
import { createIntake } from '../../src/http/intake.ts';
import { NO_PROXIES } from '../../src/http/middleware/client-address.ts';
import { DEFAULT_LIMITS, trustedOrigins } from '../../src/http/server-config.ts';
import { joinEngines } from '../../src/cluster/join-engines.ts';
import { ChannelBus } from '../../src/cluster/channel-bus.ts';
import { singleNode } from '../../src/cluster/cluster-bus.ts';
import { messageSigner } from '../../src/cluster/signature.ts';
import { createRealtime } from '../../src/realtime/realtime.ts';
import { realtimeReads } from '../../src/realtime/fan-out/reads.ts';
import { AgentBackendRegistry } from '../../src/workers/agent-backend-registry.ts';
import { AgentReplier } from '../../src/workers/agent-replier.ts';
import { databaseClock, startEngine, type Engine } from '../../src/workers/engine.ts';
import { agentTrials } from '../../src/workers/try-agent.ts';
import type { Hub } from '../cluster/hub.ts';
import { type Api, ask, type Company, PASSWORD } from '../http/api-fixture.ts';
import { type Client, connect as open } from './client.ts';
import { HeldScheduler } from './held-scheduler.ts';
import { ManualRounds } from './manual-rounds.ts';

/** The sockets and the API of a node on a real database. Tests control the time. */
export interface Live extends Api {
  url: string;
  database: TestDatabase;
  rounds: ManualRounds;
  scheduler: HeldScheduler;
  engine: Engine;
  /** Starts the workers: agents reply, and this sender sends messages. */
  work(sender: Sender): void;
  setReplyingAgent(key: ConversationKey, agent: string | null): void;
  publisher: Publisher;
  /** The first step of a stopping node. */
  endSockets(): Promise<void>;
}

export interface LiveOptions {
  /** A second node on the database of this one. */
  beside?: Live;
  /** The channel between nodes; without it they share only the database. */
  hub?: Hub;
  maxAnswerMs?: number;
}

export async function startLive({ beside, hub, ...more }: LiveOptions = {}): Promise<Live> {
  const database = beside?.database ?? (await createTestDatabase());
  const connections = connect(database.url, { queries: 4, commits: 2 });
  const { db, sql } = connections;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origins = trustedOrigins(url);
  const secretKey = 'a key that only tests have, of enough length';
  const auth = createAuth({ db, secretKey, publicUrl: url, trustedOrigins: origins });
  const visitors = visitorTokens(secretKey);
  const logger = pino({ level: 'silent' });
  const rounds = new ManualRounds();
  const scheduler = new HeldScheduler();

  const bus =
    hub === undefined
      ? singleNode
      : new ChannelBus({
          signer: messageSigner(secretKey),
          every: rounds.every,
          open: (listener) => hub.open(listener),
          closeTimeout: () => Promise.resolve(),
          onError: (error) => {
            throw error;
          },
        });
  const clock = databaseClock();
  const realtime = createRealtime({
    bus,
    reads: realtimeReads(db),
    trustedOrigins: origins,
    every: rounds.every,
    now: () => clock.now(),
    logger,
    ...more,
  });
  const engine = await startEngine({
    clock,
    store: new PostgresStore(sql),
    publisher: realtime.publisher,
    scheduler,
    every: rounds.every,
    logger,
  });
  const { runtime, typing, now } = engine;
  joinEngines(bus, engine);
  const intake = createIntake(connections);
  const simulations = createSimulations(db, { runtime, intake, scheduler, chats: realtime.chats });
  const http = { post: () => Promise.reject(new Error('no network here')), close: () => {} };
  const backends = new AgentBackendRegistry({ db, sql, http, now });
  const deps: AppDeps = {
    db,
    runtime,
    typing: engine.requestTyping,
    intake,
    channels: channelModules,
    updates: realtime.updates,
    simulations,
    trials: agentTrials(backends),
    auth,
    setupToken: setupToken(null),
    visitorTokens: visitors,
    settingsSeal: settingsSeal(secretKey),
    now,
    isReady: () => Promise.resolve(true),
    config: {
      publicUrl: url,
      trustedOrigins: origins,
      trustedProxies: NO_PROXIES,
      allowPrivateNetwork: false,
      demoAccounts: [],
      metricsToken: null,
      limits: { ...DEFAULT_LIMITS, perAddress: 1_000 },
    },
    metrics: new Registry(),
    logger,
  };
  const app = createApp(deps);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (...call) => void listener(...call));
  realtime.serve(server, { auth, visitorTokens: visitors, runtime, typing });

  return {
    app,
    deps,
    connections,
    url,
    database,
    rounds,
    scheduler,
    engine,
    work(sender) {
      const onReplying = (key: ConversationKey, agent: string | null) => realtime.setReplyingAgent(key, agent);
      engine.work({ replier: new AgentReplier({ backends, onReplying }), sender });
    },
    setReplyingAgent: (key, agent) => realtime.setReplyingAgent(key, agent),
    publisher: realtime.publisher,
    endSockets: () => realtime.close(),
    async close() {
      await realtime.close();
      await engine.stop();
      await bus.close();
      await connections.close();
      if (!beside) await database.drop();
    },
  };
}

/** Signs in from our own page and returns the cookie. */
export async function signIn(live: Live, email: string): Promise<string> {
  const { status, headers } = await ask(live, 'POST /api/auth/sign-in/email', {
    body: { email, password: PASSWORD },
    headers: { origin: live.url },
  });
  if (status !== 200) throw new Error(`not signed in: ${status}`);
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export function joinTeam(live: Live, key: string): Promise<Client> {
  return open(`${live.url}/team`, { path: '/socket.io', auth: { token: key } });
}

export function joinCustomer(live: Live, token: string): Promise<Client> {
  return open(`${live.url}/customer`, { path: '/chat.io', auth: { token } });
}

let customers = 0;

/** A customer of the company's web chat without messages. */
export async function meetCustomer(live: Live, company: Company): Promise<ConversationKey & { token: string }> {
  const customerId = `visitor-${++customers}`;
  const { workspaceId, webchat } = company;
  const key = await live.deps.intake.openConversation({
    workspaceId,
    channelId: webchat.id,
    customer: { externalId: customerId, name: 'Zoe' },
  });
  return { ...key, token: live.deps.visitorTokens.issue({ ...key, channelId: webchat.id, customerId }) };
}

let written = 0;

export async function customerWrites(live: Live, key: ConversationKey, text: string): Promise<Message> {
  const outcome = await live.engine.runtime.dispatch(key, {
    type: 'receive',
    from: 'customer',
    text,
    externalId: null,
    clientMessageId: `written-${++written}`,
    sentAt: null,
    automated: false,
    imported: false,
  });
  return messageOf(outcome);
}

export async function teammateWrites(
  live: Live,
  key: ConversationKey,
  by: { id: string; name: string },
  text: string,
  note = false,
): Promise<Message> {
  const outcome = await live.engine.runtime.dispatch(key, {
    type: 'send',
    by: { id: by.id, name: by.name },
    text,
    clientMessageId: `written-${++written}`,
    lastSeenSeq: null,
    force: !note,
    note,
  });
  return messageOf(outcome);
}

function messageOf(outcome: Outcome): Message {
  if (!outcome.ok || !outcome.message) throw new Error(`not written: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

export interface Watched {
  ok: true;
  conversation: Conversation;
  messages: Message[];
  presence: Presence;
}

export async function watch(client: Client, { conversationId }: ConversationKey, more = {}): Promise<Watched> {
  const answer = await client.ask<Omit<Watched, 'ok'>>('watch', { conversationId, ...more });
  if (!answer.ok) throw new Error(`not watched: ${JSON.stringify(answer.problem)}`);
  return answer;
}

export const textsOf = (messages: (Message | CustomerViewMessage)[]): string[] => messages.map(({ text }) => text);
