import { customerView } from '@baton/channels';
import type { Message, SimulationScript } from '@baton/protocol';
import type { ConversationKey, Scheduler } from '@baton/runtime';
import type { ChatPresence, Dispatcher, IntakePort, SimulationsPort } from '../ports.ts';
import { SCRIPTS } from './scripts.ts';
import { SimulatedCustomer } from './simulated-customer.ts';

export interface SimulationPorts {
  scheduler: Scheduler;
  runtime: Dispatcher;
  intake: Pick<IntakePort, 'openConversation'>;
  /** Shows the team that the customer has the chat open or is typing. */
  chats: ChatPresence;
  /** The latest, by rising `seq`. */
  messages(key: ConversationKey): Promise<Message[]>;
  newId(): string;
}

/** More would drown an inbox that is being tried out. */
export const MAX_CUSTOMERS = 3;

/** The simulated customers of this node: few at once, gone by themselves, and gone when the server stops. */
export class Simulations implements SimulationsPort {
  readonly #ports: SimulationPorts;
  readonly #customers = new Map<SimulatedCustomer, string>();
  #started = 0;
  #stopped = false;

  constructor(ports: SimulationPorts) {
    this.#ports = ports;
  }

  /** Null where enough of them are in this workspace already. */
  async start(
    place: { workspaceId: string; channelId: string },
    wanted?: SimulationScript,
  ): Promise<ConversationKey | null> {
    const { workspaceId } = place;
    const here = [...this.#customers].filter(([customer, id]) => id === workspaceId && !customer.lingers);
    if (this.#stopped || here.length >= MAX_CUSTOMERS) return null;

    const turn = this.#started++;
    const scripts = Object.values(SCRIPTS);
    const script = wanted === undefined ? (scripts[turn % scripts.length] ?? SCRIPTS.shipping) : SCRIPTS[wanted];
    const name = script.names[Math.floor(turn / scripts.length) % script.names.length] ?? script.names[0];

    // Taken before it is awaited, so that several at once cannot be too many.
    let key: ConversationKey | null = null;
    const externalId = `simulated-${this.#ports.newId()}`;
    const customer = new SimulatedCustomer(script, {
      scheduler: this.#ports.scheduler,
      say: async (text) => key !== null && (await this.#say(key, text)),
      typing: (typing) => key !== null && this.#ports.chats.typing(key, externalId, typing),
      read: async () => (key === null ? [] : this.#read(key)),
    });
    this.#customers.set(customer, workspaceId);
    try {
      key = await this.#ports.intake.openConversation({ ...place, customer: { externalId, name } });
    } catch (error) {
      this.#customers.delete(customer);
      throw error;
    }
    this.#ports.chats.enter(key, externalId, { id: externalId, name });
    const left = (): void => {
      this.#customers.delete(customer);
      if (key !== null) this.#ports.chats.leave(key, externalId);
    };
    // A database that is away ends the talk: there is nothing to mend, and nobody to tell.
    void customer
      .play()
      .catch(() => {})
      .finally(left);
    return key;
  }

  stop(): void {
    this.#stopped = true;
    for (const customer of this.#customers.keys()) customer.stop();
  }

  /** As the web chat's socket does it. */
  async #say(key: ConversationKey, text: string): Promise<boolean> {
    const outcome = await this.#ports.runtime.dispatch(key, {
      type: 'receive',
      from: 'customer',
      text,
      clientMessageId: this.#ports.newId(),
      externalId: null,
      sentAt: null,
      automated: false,
      imported: false,
    });
    return outcome.ok;
  }

  async #read(key: ConversationKey) {
    const messages = await this.#ports.messages(key);
    return messages.map(customerView).filter((message) => message !== null);
  }
}
