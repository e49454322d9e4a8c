import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@baton/protocol';
import type { Random } from '../../proofs/random.ts';
import { Api, type Received } from '../support/api.ts';
import { TeamClient } from '../support/team-client.ts';
import { insist } from './insistent.ts';

export interface CrowdOptions {
  urls: string[];
  channelId: string;
  inboundSecret: string;
  /** Of teammates. */
  keys: string[];
  random: Random;
}

/** A customer is another after so many messages: twenty replies in ten minutes would look like a machine's (TURN-12). */
const MESSAGES_EACH = 8;
/** A paused node answers nobody: a client that means it asks another. */
const TIMEOUT_MS = 3_000;

const RUSHING = Array.from({ length: 24 }, (_, index) => `rushing-${index}`);

/** Customers and teammates of real clients' patience, and the log of what was acknowledged to them. */
export class Crowd {
  /** By conversation: what must be there when all is over. */
  readonly acknowledged = new Map<string, string[]>();
  /** What was asked on handing back, by conversation: an event, which must be in the history. */
  readonly instructions = new Map<string, string[]>();
  /** Requests that were asked again, and had been done the first time: answers that got lost. */
  lostAnswers = 0;
  requests = 0;
  readonly #options: CrowdOptions;
  readonly #sockets: TeamClient[] = [];
  #isOver = false;
  #customers = 0;
  #rushes = 0;
  #recent: string[] = [];
  #running: Promise<unknown> = Promise.resolve();
  readonly #trouble = Promise.withResolvers<never>();

  constructor(options: CrowdOptions) {
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
    this.#running.catch(this.#trouble.reject);
  }

  /** Rejects when somebody gives up. */
  get gaveUp(): Promise<never> {
    return this.#trouble.promise;
  }

  /** Resolves when everybody has had their last answer. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    for (const socket of this.#sockets) socket.close();
  }

  /** Customers who will write all at once, in conversations that nobody answers before all is over. */
  async gather(): Promise<void> {
    const open = async (customer: string): Promise<void> => {
      const id = await this.write(customer, 0, 'Hello');
      const [key = ''] = this.#options.keys;
      await this.#ask(key, 'PUT', `/conversations/${id}/agent-replies`, { enabled: false });
    };
    await Promise.all(RUSHING.map(open));
  }

  /** They write to one node; whoever is not answered asks again, anywhere. */
  async rush(url: string): Promise<void> {
    this.#rushes += 1;
    const number = this.#rushes;
    await Promise.all(RUSHING.map((customer) => this.write(customer, number, `rush ${number}`, url)));
  }

  /** One message of one customer, until it is acknowledged; asked of `first`, then of any node. */
  async write(customer: string, number: number, text: string, first?: string): Promise<string> {
    const { channelId, inboundSecret } = this.#options;
    const body = { externalId: `${customer}-${number}`, customer: { externalId: customer, name: customer }, text };
    const path = `/channels/${channelId}/messages`;
    const asked = await insist((tries) =>
      this.#api(inboundSecret, tries === 1 ? first : undefined).call<Received>('POST', path, body),
    );
    const { conversationId, messageId, duplicate } = asked.answer;
    if (asked.tries > 1 && duplicate) this.lostAnswers += 1;
    this.#note(this.acknowledged, conversationId, messageId);
    return conversationId;
  }

  /** Where somebody still holds when all is over. */
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

  /** Takes over somewhere, in one of the ways there are, and lets go again. */
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

  /** On a live connection, which may be lost in the middle: then the lease ends by itself. */
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
    return (await insist(() => this.#api(key).call<T>(method, path, body))).answer;
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
