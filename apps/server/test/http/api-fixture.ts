import { connect, type Connections, type DatabaseAddress, PostgresStore } from '@baton/database';
import { insertAgent } from '@baton/database/queries/agents';
import { insertApiKey } from '@baton/database/queries/api-keys';
import { insertChannel } from '@baton/database/queries/channels';
import { insertTeammate } from '@baton/database/queries/teammates';
import { insertWorkspace } from '@baton/database/queries/workspaces';
import type { ChannelKind, Problem, Role, Teammate } from '@baton/protocol';
import { createOutboundClient } from '@baton/outbound-http';
import { realScheduler } from '@baton/runtime';
import { type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import { createTestDatabase } from '../../../../packages/database/src/testing/test-database.ts';
import type { ApiDocument } from '../../src/api-docs/openapi-document.ts';
import { type App, createApp } from '../../src/app.ts';
import { createAuth } from '../../src/auth/auth.ts';
import { channelModules, hashSecret, newSecret, newSigningSecret, settingsSeal, visitorTokens } from '@baton/channels';
import { setupToken } from '../../src/auth/setup-token.ts';
import type { AppDeps } from '../../src/deps.ts';
import { createSimulations } from '../../src/demo/create-simulations.ts';
import { createIntake } from '../../src/http/intake.ts';
import { everyInterval } from '../../src/timing/every.ts';
import { AgentBackendRegistry } from '../../src/workers/agent-backend-registry.ts';
import { databaseClock, startEngine } from '../../src/workers/engine.ts';
import { agentTrials } from '../../src/workers/try-agent.ts';
import { NO_PROXIES } from '../../src/http/middleware/client-address.ts';
import { DEFAULT_LIMITS, type ServerConfig, trustedOrigins } from '../../src/http/server-config.ts';

export const ORIGIN = 'http://localhost:3000';
export const PASSWORD = 'correct horse battery';
const SECRET_KEY = 'a key that only tests have, of enough length';

/** The API as it runs, on a real database with the real runtime; no workers, so agents never answer by themselves. */
export interface Api {
  app: App;
  deps: AppDeps;
  connections: Connections;
  close(): Promise<void>;
}

/** `by` stands between the API and its database. */
export async function startApi(
  config: Partial<ServerConfig> = {},
  by: (databaseUrl: string) => Promise<DatabaseAddress> = (url) => Promise.resolve(url),
  logger: Logger = pino({ level: 'silent' }),
): Promise<Api> {
  const database = await createTestDatabase();
  const connections = connect(await by(database.url), { queries: 4, commits: 2 });
  const { db, sql } = connections;
  const engine = await startEngine({
    clock: databaseClock(),
    store: new PostgresStore(sql),
    scheduler: realScheduler,
    every: everyInterval,
    publisher: { changed: () => {}, delivered: () => {}, drafted: () => {} },
    logger,
  });
  const publicUrl = config.publicUrl ?? ORIGIN;
  const origins = trustedOrigins(publicUrl);
  const intake = createIntake(connections);
  const simulations = createSimulations(db, {
    runtime: engine.runtime,
    intake,
    scheduler: realScheduler,
    chats: { enter() {}, typing() {}, leave() {} },
  });
  const http = createOutboundClient({ allowPrivateNetwork: config.allowPrivateNetwork ?? false });
  const deps: AppDeps = {
    db,
    runtime: engine.runtime,
    typing: engine.requestTyping,
    intake,
    channels: channelModules,
    updates: { read: () => {}, agentsChanged: () => {} },
    simulations,
    trials: agentTrials(new AgentBackendRegistry({ db, sql, http, now: engine.now })),
    auth: createAuth({ db, secretKey: SECRET_KEY, publicUrl, trustedOrigins: origins }),
    setupToken: setupToken(SECRET_KEY),
    visitorTokens: visitorTokens(SECRET_KEY),
    settingsSeal: settingsSeal(SECRET_KEY),
    now: engine.now,
    isReady: () => Promise.resolve(true),
    config: {
      publicUrl,
      trustedOrigins: origins,
      trustedProxies: NO_PROXIES,
      allowPrivateNetwork: false,
      demoAccounts: [],
      metricsToken: null,
      limits: { ...DEFAULT_LIMITS, perAddress: 1_000 },
      ...config,
    },
    metrics: new Registry(),
    logger,
  };
  return {
    app: createApp(deps),
    deps,
    connections,
    close: async () => {
      simulations.stop();
      http.close();
      await engine.stop();
      await connections.close();
      await database.drop();
    },
  };
}

/** A company with one of each role, an agent, and a channel of each kind. */
export interface Company {
  workspaceId: string;
  people: Record<Role, Teammate & { key: string }>;
  agentId: string;
  http: { id: string; secret: string };
  webchat: { id: string; secret: string };
}

let companies = 0;

export async function found({ deps: { db, auth } }: Api): Promise<Company> {
  const name = `company${++companies}`;
  const workspaceId = await insertWorkspace(db, name);
  const passwordHash = await auth.hashPassword(PASSWORD);
  const hire = async (role: Role) => {
    const email = `${role}@${name}.example`;
    const teammate = await insertTeammate(db, workspaceId, { name: `${role} of ${name}`, email, passwordHash, role });
    const key = newSecret('test');
    await insertApiKey(db, workspaceId, { name: 'test', teammateId: teammate!.id, keyHash: hashSecret(key) });
    return { ...teammate!, key };
  };
  const agent = await insertAgent(db, workspaceId, { name: 'Robot', backend: { kind: 'faq' } });
  const open = async (kind: ChannelKind) => {
    const secret = newSecret('inbound');
    const secrets = { inboundSecretHash: hashSecret(secret), signingSecret: newSigningSecret() };
    const channel = await insertChannel(db, workspaceId, {
      kind,
      name: kind,
      agentId: agent.id,
      settings: {},
      ...secrets,
    });
    return { id: channel!.id, secret };
  };
  return {
    workspaceId,
    people: { owner: await hire('owner'), supervisor: await hire('supervisor'), teammate: await hire('teammate') },
    agentId: agent.id,
    http: await open('http'),
    webchat: await open('webchat'),
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into answers of any shape, and fail where one is not what they expect.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

export interface Question {
  bearer?: string | undefined;
  /** Sent as JSON, unless it is text already. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The client address. Each request gets its own, so that only tests of limits meet a limit. */
  address?: string;
}

let addresses = 0;

/** One request, by a bearer token where there is one. */
export async function ask(
  { app }: Pick<Api, 'app'>,
  route: string,
  { bearer, body, headers = {}, address = `fd00:0:0:${(++addresses).toString(16)}::1` }: Question = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const request = {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const response = await app.request(path, request, { incoming: { socket: { remoteAddress: address } } });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const answer = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  if (response.headers.get('content-type') === 'application/problem+json') {
    await expectDocumented(app, method, path, answer.body);
  }
  return answer;
}

const documents = new WeakMap<App, Promise<ApiDocument>>();

/** Fails on a problem that the OpenAPI document does not list for this operation. */
async function expectDocumented(app: App, method: string, path: string, { status, code }: Problem): Promise<void> {
  const known = documents.get(app) ?? readDocument(app);
  documents.set(app, known);
  const { paths = {}, components } = await known;
  const isHere = (template: string) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?.*)?$`).test(path);
  const candidates = Object.keys(paths).filter(isHere);
  const template = candidates.find((it) => !it.includes('{')) ?? candidates[0];
  const operation: unknown = Object.entries(paths[template ?? ''] ?? {}).find(
    ([it]) => it === method.toLowerCase(),
  )?.[1];
  if (operation === undefined) return;
  const reference: string | undefined = (operation as Operation).responses[status]?.$ref;
  const described = components?.responses?.[reference?.split('/').at(-1) ?? ''];
  const texts = JSON.stringify(described ?? null);
  if (!texts.includes(`\`${code}\``)) throw new Error(`${method} ${template}: ${status} ${code} is not documented`);
}

async function readDocument(app: App): Promise<ApiDocument> {
  return (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument;
}

interface Operation {
  responses: Record<string, { $ref?: string }>;
}

let messages = 0;

/** A customer writes over the HTTP channel. */
export async function receive(
  api: Pick<Api, 'app'>,
  { http }: Company,
  message: Record<string, unknown> & { customer?: { externalId: string; name?: string } } = {},
): Promise<Answer> {
  const body = { externalId: `in-${++messages}`, customer: { externalId: 'ann' }, text: 'Hello?', ...message };
  return ask(api, `POST /api/v1/channels/${http.id}/messages`, { bearer: http.secret, body });
}

/** Signs in, and gives the cookie. */
export async function signIn(api: Api, email: string, password = PASSWORD): Promise<string> {
  const answer = await ask(api, 'POST /api/auth/sign-in/email', {
    body: { email, password },
    headers: { origin: ORIGIN },
  });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
