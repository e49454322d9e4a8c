import { type Answer, type Body, type Client, createClient, type Output } from '@baton/client';
import type { Channel, HumanInteractionRules, Message, Teammate, Transition } from '@baton/protocol';

export type Received = Output<'receiveMessage'>;

/** An answer that is not 2xx. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: { code?: string };
  constructor(problem: { status: number; code?: string }) {
    super(JSON.stringify(problem));
    this.status = problem.status;
    this.problem = problem;
  }
}

/** @throws ApiError */
export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ApiError(answer.problem);
  return answer.data;
}

/** The public HTTP API, used through `@baton/client` as an outside program uses it. */
export class Api {
  readonly client: Client;

  constructor(url: string, key: string, timeoutMs?: number) {
    this.client = createClient({ baseUrl: url, token: key, timeoutMs });
  }

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    return valueOf(await this.client.request(method, `/api/v1${path}`, { body })) as T;
  }

  async createAgent(name: string, backend: Body<'createAgent'>['backend']) {
    return valueOf(await this.client.createAgent({ body: { name, backend } }));
  }
  async setRules(id: string, rules: Partial<HumanInteractionRules>) {
    return valueOf(await this.client.changeHumanInteractionRules({ id, body: rules }));
  }
  async createChannel(agentId: string, callbackUrl: string) {
    const body = { kind: 'http', name: 'Shop', agentId, settings: { callbackUrl } } as const;
    return valueOf(await this.client.createChannel({ body }));
  }
  /** A web chat; customers reach it at `/chat/{id}`. */
  async createWebchat(agentId: string): Promise<Channel> {
    const body = { kind: 'webchat', name: 'Website', agentId, settings: {} } as const;
    return valueOf(await this.client.createChannel({ body })).channel;
  }
  async createTeammate(name: string): Promise<{ teammate: Teammate; key: string; password: string }> {
    const password = `password of ${name}`;
    const email = `${name.toLowerCase()}@example.com`;
    const teammate = valueOf(await this.client.createTeammate({ body: { name, email, password, role: 'teammate' } }));
    const { key } = valueOf(await this.client.createApiKey({ body: { name: 'test', teammateId: teammate.id } }));
    return { teammate, key, password };
  }
  async conversation(id: string) {
    return valueOf(await this.client.getConversation({ id }));
  }
  async messages(id: string): Promise<Message[]> {
    const all: Message[] = [];
    for (;;) {
      const after = all.at(-1)?.seq ?? 0;
      const { items } = valueOf(await this.client.listMessages({ id, query: { after, limit: 500 } }));
      if (items.length === 0) return all;
      all.push(...items);
    }
  }
  async transitions(id: string): Promise<Transition[]> {
    const all: Transition[] = [];
    for (;;) {
      const after = all.at(-1)?.version ?? 0;
      const { items } = valueOf(await this.client.listTransitions({ id, query: { after } }));
      const fresh = items.filter((transition) => transition.version > after);
      if (fresh.length === 0) return all;
      all.push(...fresh);
    }
  }
  async send(id: string, text: string, options: Omit<Body<'sendMessage'>, 'text'>) {
    return valueOf(await this.client.sendMessage({ id, body: { text, ...options } }));
  }
  async type(id: string, typing: boolean) {
    return valueOf(await this.client.setTyping({ id, body: { typing } }));
  }
  /** `assign`: *Take over* does both. */
  async setAgentReplies(id: string, enabled: boolean, assign = false) {
    return valueOf(await this.client.setAgentReplies({ id, body: { enabled, assign } }));
  }
}

/** A customer of the HTTP channel: knows the inbound secret only. */
export class HttpCustomer {
  private readonly api: Api;
  private readonly channelId: string;
  readonly id: string;
  private count = 0;

  constructor(url: string, channelId: string, inboundSecret: string, id: string) {
    this.api = new Api(url, inboundSecret);
    this.channelId = channelId;
    this.id = id;
  }

  write(text: string): Promise<Received> {
    this.count += 1;
    return this.writes(`${this.id}-${this.count}`, text);
  }

  /** With an id of the caller's choice; a repeated id is the same message. */
  writes(externalId: string, text: string): Promise<Received> {
    return this.receive(externalId, text, 'customer');
  }

  /** A message that the business sent to this customer from another device. */
  echoes(externalId: string, text: string): Promise<Received> {
    return this.receive(externalId, text, 'business');
  }

  private async receive(externalId: string, text: string, from: 'customer' | 'business'): Promise<Received> {
    const customer = { externalId: this.id, name: `Customer ${this.id}` };
    const body = { externalId, customer, text, from };
    return valueOf(await this.api.client.receiveMessage({ id: this.channelId, body }));
  }
}
