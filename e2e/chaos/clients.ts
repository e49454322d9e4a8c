import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@baton/protocol';
import type { Random } from '../../proofs/random.ts';
import { Api, type Received } from '../support/api.ts';
import { TeamClient } from '../support/team-client.ts';
import { retryUntilAnswered } from './retry-until-answered.ts';

export interface ClientsOptions {
  urls: string[];
  channelId: string;
  inboundSecret: string;
  /** API keys of teammates. */
  keys: string[];
  random: Random;
}

/** A new customer starts after this many messages, below the loop limit of twenty replies in ten minutes (TURN-12). */
const MESSAGES_EACH = 8;
/** A paused node does not answer, so a client gives up on it and asks another node. */
const TIMEOUT_MS = 3_000;

const BURST_CUSTOMERS = Array.from({ length: 24 }, (_, index) => `burst-${index}`);

/** Customers and teammates who retry like real clients, and the log of everything acknowledged to them. */
export class Clients {
  /** Acknowledged message ids by conversation. All of them must be stored at the end. */
  readonly acknowledged = new Map<string, string[]>();
  /** Instructions of hand-backs by conversation. Each must be an event of the history at the end. */
  readonly instructions = new Map<string, string[]>();
  /** Retried requests that had succeeded the first time: their answer was lost. */
  lostAnswers = 0;
  requests = 0;
  readonly #options: ClientsOptions;
  readonly #sockets: TeamClient[] = [];
  #isOver = false;
  #customers = 0;
  #bursts = 0;
  #recent: string[] = [];
  #running: Promise<unknown> = Promise.resolve();
  readonly #failure = Promise.withResolvers<never>();

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  async start({ customers, teammates }: { customers: number; teammates: number }): Promise<void> {
    const { urls, keys, random } = this.#options;
    for (const [index, url] of urls.entries()) {
      this.#sockets.push(await TeamClient.connect(url, keys[index % keys.length] ?? ''));
    }
    this.#running = Promise.all([
      ...Array.from({ length: customers }, () => this.#customer(random)),
      ...Array.from({ length: teammates }, (_, index) => this.#teammate(random, keys[index % keys.length] ?? '')),
    ]);
    this.#running.catch(this.#failure.reject);
  }

  /** Rejects when a client gives up. */
  get gaveUp(): Promise<never> {
    return this.#failure.promise;
  }

  /** Resolves when each client has its last answer. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    for (const socket of this.#sockets) socket.close();
  }

  /** Opens the conversations of customers who write in bursts. The agent is off there until the end. */
  async openBurstConversations(): Promise<void> {
    const open = async (customer: string): Promise<void> => {
      const id = await this.write(customer, 0, 'Hello');
      const [key = ''] = this.#options.keys;
      await this.#ask(key, 'PUT', `/conversations/${id}/agent-replies`, { enabled: false });
    };
    await Promise.all(BURST_CUSTOMERS.map(open));
  }

  /** All burst customers write to one node at once. A customer without an answer retries at any node. */
  async burst(url: string): Promise<void> {
    this.#bursts += 1;
    const number = this.#bursts;
    await Promise.all(BURST_CUSTOMERS.map((customer) => this.write(customer, number, `burst ${number}`, url)));
  }

  /** Sends one message of a customer until it is acknowledged: to the node `first`, then to any node. */
  async write(customer: string, number: number, text: string, first?: string): Promise<string> {
    const { channelId, inboundSecret } = this.#options;
    const body = { externalId: `${customer}-${number}`, customer: { externalId: customer, name: customer }, text };
    const path = `/channels/${channelId}/messages`;
    const asked = await retryUntilAnswered((tries) =>
      this.#api(inboundSecret, tries === 1 ? first : undefined).call<Received>('POST', path, body),
    );
    const { conversationId, messageId, duplicate } = asked.answer;
    if (asked.tries > 1 && duplicate) this.lostAnswers += 1;
    this.#note(this.acknowledged, conversationId, messageId);
    return conversationId;
  }

  /** Hands back a conversation that a person still holds at the end. */
  async handsBack(conversationId: string): Promise<void> {
    await this.#handsBack(conversationId, this.#options.keys[0] ?? '', false);
  }

  async #customer(random: Random): Promise<void> {
    while (!this.#isOver) {
      this.#customers += 1;
      const name = `customer-${this.#customers}`;
      for (let number = 1; number <= MESSAGES_EACH && !this.#isOver; number += 1) {
        const conversationId = await this.write(name, number, `question ${number}`);
        if (number === 1) this.#recent = [...this.#recent, conversationId].slice(-30);
        await pause(50 + random.below(500));
      }
    }
  }

  /** Takes over a recent conversation by typing, switching off or sending, and hands back. */
  async #teammate(random: Random, key: string): Promise<void> {
    while (!this.#isOver) {
      await pause(random.below(300));
      if (this.#recent.length === 0) continue;
      const id = random.pick(this.#recent);
      const chance = random.next();
      if (chance < 0.35) await this.#types(id, random);
      else if (chance < 0.7) {
        await this.#ask(key, 'PUT', `/conversations/${id}/agent-replies`, { enabled: false });
        await pause(random.below(1_000));
      } else await this.#sends(id, key);
      await this.#handsBack(id, key, random.chance(0.2));
    }
  }

  /** Types on a live connection. If the connection is lost, the lease expires. */
  async #types(conversationId: string, random: Random): Promise<void> {
    const socket = random.pick(this.#sockets);
    await socket.watch(conversationId).catch(() => null);
    await socket.type(conversationId, true).catch(() => null);
    await pause(random.below(500));
    if (random.chance(0.7)) await socket.type(conversationId, false).catch(() => null);
  }

  async #sends(conversationId: string, key: string): Promise<void> {
    const clientMessageId = crypto.randomUUID();
    const body = { text: 'a person answers', clientMessageId, force: true };
    const message = await this.#ask<Message>(key, 'POST', `/conversations/${conversationId}/messages`, body);
    this.#note(this.acknowledged, conversationId, message.id);
    this.#note(this.acknowledged, conversationId, clientMessageId);
  }

  async #handsBack(conversationId: string, key: string, instructs: boolean): Promise<void> {
    const instruction = instructs ? `instruction ${crypto.randomUUID()}` : undefined;
    await this.#ask(key, 'PUT', `/conversations/${conversationId}/agent-replies`, { enabled: true, instruction });
    if (instruction !== undefined) this.#note(this.instructions, conversationId, instruction);
  }

  async #ask<T>(key: string, method: string, path: string, body: Record<string, unknown>): Promise<T> {
    return (await retryUntilAnswered(() => this.#api(key).call<T>(method, path, body))).answer;
  }

  #api(key: string, url?: string): Api {
    this.requests += 1;
    const { urls, random } = this.#options;
    return new Api(url ?? random.pick(urls), key, TIMEOUT_MS);
  }

  #note(log: Map<string, string[]>, conversationId: string, what: string): void {
    const known = log.get(conversationId);
    if (known) known.push(what);
    else log.set(conversationId, [what]);
  }
}
