import type { CustomerViewMessage } from '@baton/protocol';
import type { Cancel, Scheduler } from '@baton/runtime';
import type { Script } from './scripts.ts';

export interface CustomerPorts {
  scheduler: Scheduler;
  /** Writes as the customer. False: it did not arrive, and the customer gives up. */
  say(text: string): Promise<boolean>;
  /** Shows the team that they write, or no longer do. */
  typing(typing: boolean): void;
  /** The latest that the customer sees of the conversation. */
  read(): Promise<CustomerViewMessage[]>;
}

type Answerer = 'agent' | 'person';

/** How often somebody who waits looks at the screen. */
const LOOK_MS = 1_000;
/** Then they ask whether anybody is there; after as long again, twice, they are gone. */
const PATIENCE_MS = 60_000;
/** For so long they keep the chat open after their thanks. */
const LINGER_MS = 3 * PATIENCE_MS;
/** A quick typist, who thinks first. */
const THINK_MS = 900;
const CHARACTER_MS = 45;
/** Less than what is believed of somebody who types without another heartbeat. */
const MAX_MS = 5_000;

function writingMs(text: string): number {
  return Math.min(text.length * CHARACTER_MS, MAX_MS);
}

/** One customer who follows a script, reacts to whoever answers, and goes away by themselves. */
export class SimulatedCustomer {
  readonly #ports: CustomerPorts;
  readonly #script: Script;
  /** Ids: a reply may go out after a message with a higher `seq`. */
  readonly #heard = new Set<string>();
  #left = false;
  #lingers = false;
  #wake: { cancel: Cancel; go: () => void } | null = null;

  constructor(script: Script, ports: CustomerPorts) {
    this.#script = script;
    this.#ports = ports;
  }

  /** Resolves when they have left; a failing line ends the talk, never the server. */
  async play(): Promise<void> {
    const { opening, afterAnswer, goodbye } = this.#script;
    for (const line of opening) if (!(await this.#writes(line))) return;
    const first = await this.#answered();
    if (first === null || !(await this.#writes(afterAnswer[first]))) return;
    const second = await this.#answered();
    if (second === null || !(await this.#writes(goodbye[second]))) return;
    // People who try the inbox are slower than an agent, so the customer waits for a late answer too.
    if (first === 'agent' && second === 'agent' && (await this.#meetsAPerson())) await this.#writes(afterAnswer.person);
  }

  /** Has said goodbye, and only looks at the screen now and then. */
  get lingers(): boolean {
    return this.#lingers;
  }

  /** They leave in the middle of a word. */
  stop(): void {
    this.#left = true;
    this.#wake?.cancel();
    this.#wake?.go();
  }

  async #writes(text: string): Promise<boolean> {
    await this.#pause(THINK_MS);
    if (this.#left) return false;
    this.#ports.typing(true);
    await this.#pause(writingMs(text));
    this.#ports.typing(false);
    return !this.#left && (await this.#ports.say(text));
  }

  /** The author who has answered since the last look; null after the time limit. */
  async #answered(): Promise<Answerer | null> {
    for (let waited = 0; waited < 3 * PATIENCE_MS; waited += LOOK_MS) {
      await this.#pause(LOOK_MS);
      if (this.#left) return null;
      const answerer = await this.#look();
      if (answerer !== null) return answerer;
      if (waited === PATIENCE_MS && !(await this.#ports.say(this.#script.nudge))) return null;
    }
    return null;
  }

  async #meetsAPerson(): Promise<boolean> {
    this.#lingers = true;
    for (let waited = 0; waited < LINGER_MS && !this.#left; waited += LOOK_MS) {
      await this.#pause(LOOK_MS);
      if (!this.#left && (await this.#look()) === 'person') {
        this.#lingers = false;
        return true;
      }
    }
    return false;
  }

  async #look(): Promise<Answerer | null> {
    const messages = await this.#ports.read();
    const news = messages.filter(({ id }) => !this.#heard.has(id));
    for (const { id } of news) this.#heard.add(id);
    const last = news.findLast(({ from }) => from.kind !== 'customer' && from.kind !== 'system');
    if (last === undefined) return null;
    return last.from.kind === 'agent' ? 'agent' : 'person';
  }

  #pause(ms: number): Promise<void> {
    if (this.#left) return Promise.resolve();
    return new Promise((go) => {
      this.#wake = { go, cancel: this.#ports.scheduler.after(ms, go) };
    });
  }
}
