import type {
  Agent,
  Channel,
  Conversation,
  HumanInteractionRules,
  Message,
  Teammate,
  Transition,
} from '@baton/protocol';

type Body = Record<string, unknown>;

export interface Received {
  conversationId: string;
  messageId: string;
  seq: number;
  duplicate: boolean;
}

/** An answer that is not 2xx. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: { code?: string };
  constructor(status: number, problem: { code?: string }, what: string) {
    super(`${what}: ${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The public HTTP interface, as a program outside would use it. */
export class Api {
  private readonly base: string;
  private readonly key: string;
  private readonly timeoutMs: number | undefined;

  constructor(url: string, key: string, timeoutMs?: number) {
    this.base = `${url}/api/v1`;
    this.key = key;
    this.timeoutMs = timeoutMs;
  }

  async call<T>(method: string, path: string, body?: Body): Promise<T> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(this.timeoutMs !== undefined && { signal: AbortSignal.timeout(this.timeoutMs) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? null : JSON.parse(text);
    if (!response.ok) throw new ApiError(response.status, answer as { code?: string }, `${method} ${path}`);
    return answer as T;
  }

  createAgent(name: string, backend: Body) {
    return this.call<Agent>('POST', '/agents', { name, backend });
  }
  setRules(agentId: string, rules: Partial<HumanInteractionRules>) {
    return this.call<HumanInteractionRules>('PUT', `/agents/${agentId}/human-interaction-rules`, rules);
  }
  createChannel(agentId: string, callbackUrl: string) {
    const settings = { callbackUrl };
    return this.call<{ channel: Channel; inboundSecret: string; signingSecret: string }>('POST', '/channels', {
      kind: 'http',
      name: 'Shop',
      agentId,
      settings,
    });
  }
  /** A web chat; customers reach it at `/chat/{id}`. */
  async createWebchat(agentId: string): Promise<Channel> {
    const body = { kind: 'webchat', name: 'Website', agentId, settings: {} };
    return (await this.call<{ channel: Channel }>('POST', '/channels', body)).channel;
  }
  async createTeammate(name: string): Promise<{ teammate: Teammate; key: string; password: string }> {
    const password = `password of ${name}`;
    const email = `${name.toLowerCase()}@example.com`;
    const teammate = await this.call<Teammate>('POST', '/teammates', { name, email, password, role: 'teammate' });
    const { key } = await this.call<{ key: string }>('POST', '/api-keys', { name: 'test', teammateId: teammate.id });
    return { teammate, key, password };
  }
  conversation(id: string) {
    return this.call<Conversation>('GET', `/conversations/${id}`);
  }
  async messages(id: string): Promise<Message[]> {
    const all: Message[] = [];
    for (;;) {
      const after = all.at(-1)?.seq ?? 0;
      const { items } = await this.call<{ items: Message[] }>(
        'GET',
        `/conversations/${id}/messages?after=${after}&limit=500`,
      );
      if (items.length === 0) return all;
      all.push(...items);
    }
  }
  async transitions(id: string): Promise<Transition[]> {
    const all: Transition[] = [];
    for (;;) {
      const after = all.at(-1)?.version ?? 0;
      const { items } = await this.call<{ items: Transition[] }>(
        'GET',
        `/conversations/${id}/transitions?after=${after}`,
      );
      const fresh = items.filter((transition) => transition.version > after);
      if (fresh.length === 0) return all;
      all.push(...fresh);
    }
  }
  send(
    id: string,
    text: string,
    how: { clientMessageId: string; lastSeenSeq?: number; force?: boolean; note?: boolean },
  ) {
    return this.call<Message>('POST', `/conversations/${id}/messages`, { text, ...how });
  }
  type(id: string, typing: boolean) {
    return this.call<null>('POST', `/conversations/${id}/typing`, { typing });
  }
  /** `assign`: *Take over* does both. */
  setAgentReplies(id: string, enabled: boolean, assign = false) {
    return this.call<Conversation>('PUT', `/conversations/${id}/agent-replies`, { enabled, assign });
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

  /** Under an id of the caller's choice: said again with the same one, it is the same message. */
  writes(externalId: string, text: string): Promise<Received> {
    return this.says(externalId, text, 'customer');
  }

  /** What somebody of the business wrote to this customer on another device. */
  echoes(externalId: string, text: string): Promise<Received> {
    return this.says(externalId, text, 'business');
  }

  private says(externalId: string, text: string, from: 'customer' | 'business'): Promise<Received> {
    return this.api.call<Received>('POST', `/channels/${this.channelId}/messages`, {
      externalId,
      customer: { externalId: this.id, name: `Customer ${this.id}` },
      text,
      from,
    });
  }
}
