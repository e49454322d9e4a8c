import {
  type ClaimedAttempt,
  ConversationRuntime,
  type Command,
  type CommitItem,
  type ConversationKey,
  type Outcome,
  type RuntimePorts,
} from '@baton/runtime';
import { MemoryStore } from '@baton/store-contract/memory';
import type { Variant } from './world.ts';

/** Commits without checking the version. */
class WithoutVersionGuard extends MemoryStore {
  override commit(items: CommitItem[]) {
    const blind = items.map((item) => {
      const { version } = this.row(item.key);
      const transitions = item.transitions.map((it, index) => ({ ...it, version: version + index + 1 }));
      return { ...item, expectedVersion: version, transitions };
    });
    return super.commit(blind);
  }
}

class WithoutWithhold extends MemoryStore {
  override async commit(items: CommitItem[]) {
    const result = await super.commit(items);
    for (const verdict of result.verdicts) {
      if (verdict.kind !== 'committed') continue;
      for (const message of verdict.withheld) {
        const rows = items.flatMap(({ key }) => this.row(key).messages);
        const row = rows.find((it) => it.message.id === message.id);
        if (row) row.message = { ...message, delivery: 'queued' };
      }
    }
    return result;
  }
}

/** Stores each retry of a client as a new message. */
class WithoutIds extends ConversationRuntime {
  #tries = 0;

  override dispatch(key: ConversationKey, command: Command): Promise<Outcome> {
    this.#tries += 1;
    if (command.type === 'receive') return super.dispatch(key, { ...command, externalId: `try-${this.#tries}` });
    if (command.type !== 'send') return super.dispatch(key, command);
    return super.dispatch(key, { ...command, clientMessageId: `try-${this.#tries}` });
  }
}

class WithStaleRules extends MemoryStore {
  override commit(items: CommitItem[]) {
    return super.commit(items.map((item) => ({ ...item, rulesVersion: this.rulesOf(item.agentId).version })));
  }
}

class WithoutWakes extends MemoryStore {
  override claimDue() {
    return Promise.resolve([]);
  }
}

class WithoutEchoes extends MemoryStore {
  override findSent() {
    return Promise.resolve({ own: null, undecided: false });
  }
}

/** Accepts marks of any attempt. */
export class MarksOfAnyAttempt extends MemoryStore {
  override markDeliveries(marks: Parameters<MemoryStore['markDeliveries']>[0]) {
    return super.markDeliveries(marks.map((mark) => ({ ...mark, attempt: null })));
  }
}

/** Claims a reply for the next attempt, whatever attempt the job names. */
export class ClaimsOfAnyAttempt extends MemoryStore {
  override commit(items: CommitItem[]) {
    return super.commit(items.map((item) => ({ ...item, claim: item.claim && this.#next(item.key, item.claim) })));
  }

  #next(key: ConversationKey, claim: ClaimedAttempt): ClaimedAttempt {
    const row = this.row(key).messages.find(({ message }) => message.id === claim.messageId);
    return row ? { ...claim, attempt: row.attempts + 1 } : claim;
  }
}

/** Never tells a conversation its reply's outcome. */
class WithoutOutcomes extends MemoryStore {
  override async load(keys: ConversationKey[]) {
    const stored = await super.load(keys);
    return stored.map((it) => it && { ...it, inFlight: null });
  }
}

/** Sends without a committed claim. */
class WithoutClaims extends ConversationRuntime {
  override dispatch(key: ConversationKey, command: Command): Promise<Outcome> {
    if (command.type !== 'claimReply') return super.dispatch(key, command);
    return super.dispatch(key, { type: 'wake' });
  }
}

/** Accepts a reply in the current turn, whatever turn it names. */
class WithoutTurns extends ConversationRuntime {
  readonly #store: MemoryStore;

  constructor(ports: RuntimePorts, store: MemoryStore) {
    super(ports);
    this.#store = store;
  }

  override dispatch(key: ConversationKey, command: Command): Promise<Outcome> {
    const { generation } = this.#store.row(key).view;
    if (command.type !== 'replyReady' || !generation) return super.dispatch(key, command);
    return super.dispatch(key, { ...command, turn: generation.turn });
  }
}

/** Hands a message over by its mark, whoever holds. */
class HandsOverBlindly extends MemoryStore {
  override markDeliveries(marks: Parameters<MemoryStore['markDeliveries']>[0]) {
    return super.markDeliveries(marks.map((mark) => (mark.delivery === 'sent' ? { ...mark, attempt: null } : mark)));
  }
}

interface Broken {
  variant: Variant;
  /** At least one of these rules must be seen broken. */
  breaks: RegExp;
  /** The schedule of seed 1 from which the search starts. */
  near: number;
}

/** Canaries of the simulation: parts that are broken on purpose. */
export const VARIANTS: Record<string, Broken> = {
  'commits without a version guard': {
    variant: { makeStore: (now) => new WithoutVersionGuard({ now }) },
    breaks: /TIME-3|HOLD-2|TURN-4|SEND-|quarantined|bug/,
    near: 0,
  },
  'takeovers that withhold nothing': {
    variant: { makeStore: (now) => new WithoutWithhold({ now }) },
    breaks: /SEND-3/,
    near: 0,
  },
  'senders that claim nothing': {
    variant: { makeRuntime: (ports) => new WithoutClaims(ports) },
    breaks: /SEND-3/,
    near: 0,
  },
  'a sender that sends 10 s after its claim': {
    variant: {
      wrapSender: (sender, kernel, owner) => ({
        async send(job, outgoing, signal, throwIfLate) {
          await new Promise<void>((resolve) => {
            kernel.scheduler(owner, 'a slow sender').after(10_000, resolve);
          });
          return sender.send(job, outgoing, signal, throwIfLate);
        },
      }),
    },
    breaks: /SEND-4/,
    near: 0,
  },
  'tries that are known by no id': {
    variant: { makeRuntime: (ports) => new WithoutIds(ports) },
    breaks: /SEND-6/,
    near: 0,
  },
  'commits under stale rules': {
    variant: { makeStore: (now) => new WithStaleRules({ now }) },
    breaks: /HOLD-/,
    near: 0,
  },
  'deadlines that nobody looks for': {
    variant: { makeStore: (now) => new WithoutWakes({ now }) },
    breaks: /TIME-1|HOLD-|TURN-5/,
    near: 0,
  },
  'replies of which nobody learns that they did not go out': {
    variant: { makeStore: (now) => new WithoutOutcomes({ now }) },
    breaks: /TURN-6/,
    near: 230,
  },
  'marks that hand over whoever holds': {
    variant: { makeStore: (now) => new HandsOverBlindly({ now }) },
    breaks: /HOLD-2/,
    near: 230,
  },
  'own echoes taken for people': {
    variant: { makeStore: (now) => new WithoutEchoes({ now }) },
    breaks: /HOLD-16/,
    near: 0,
  },
  'sending again where it would be seen twice': {
    variant: { channelKind: 'http' },
    breaks: /SEND-4/,
    near: 0,
  },
  'nodes that tell the time by their wall clock': {
    variant: { monotonic: () => Date.now() },
    breaks: /TIME-1/,
    near: 0,
  },
  'replies taken for whichever turn is in force': {
    variant: { makeRuntime: (ports, store) => new WithoutTurns(ports, store) },
    breaks: /TURN-4/,
    near: 100,
  },
};
