import type { Random } from '../random.ts';
import type { Pending } from './kernel.ts';
import type { Act, Move, NodeNumber, Who } from './move.ts';
import type { World } from './world.ts';

const NODES = [0, 1, 2] as const;
/** Polls that mostly find no work. */
const LOOKS = /timer|claimDue|now/;
const PEOPLE: readonly Who[] = ['tom', 'uma'];

/** Chooses the next move of a world at random from a seed, preferring moves that matter. */
export class Generator {
  readonly #random: Random;
  /** Most schedules use one conversation, because races happen within a conversation. */
  readonly #isCrowded: boolean;
  /** How often a call or answer is lost. It differs between schedules. */
  readonly #storm: number;
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#isCrowded = random.chance(0.7);
    this.#storm = random.pick([0.03, 0.1, 0.25]);
  }

  /** `missing`: the number of faults still to inject. */
  next(world: World, missing: number): Move {
    const random = this.#random;
    if (missing > 0 && random.chance(0.3)) return this.#disturbance();
    if (this.#made === 0) return this.#act();
    // Faults need a running node.
    if (world.nodes.every((node) => node === null) && random.chance(0.5))
      return { do: 'start', node: random.pick(NODES) };
    const ready = world.kernel.pending.filter((it) => world.kernel.canGoOn(it));
    const luck = random.next();
    if (luck < this.#storm * 0.12) return this.#disturbance();
    if (luck < this.#storm * 0.12 + 0.012) return this.#rules();
    if (ready.length === 0) return random.chance(0.7) ? this.#time(world) : this.#act();
    if (luck < 0.18) return this.#act();
    if (luck < 0.28) return this.#time(world);
    // Old and new calls alike, so that the oldest may be overtaken or overdue.
    const telling = ready.filter(({ what }) => !LOOKS.test(what));
    const it = random.pick(telling.length > 0 && random.chance(0.6) ? telling : ready);
    const namesakes = world.kernel.pending.filter((other) => other.what === it.what);
    return { do: 'go on', what: it.what, nth: namesakes.indexOf(it), how: this.#how(it) };
  }

  #how({ hows }: Pending): string {
    const [usual, ...others] = hows;
    if (others.length === 0) return usual;
    // A store's answer is often pending during another move.
    if (hows.includes('done, answer under way') && this.#random.chance(0.3)) return 'done, answer under way';
    const rate = usual === 'done' || usual === 'arrives' ? this.#storm * 0.5 : this.#storm + 0.15;
    return this.#random.chance(rate) ? this.#random.pick(others) : usual;
  }

  #time(world: World): Move {
    const random = this.#random;
    const next = world.kernel.untilNext() ?? 1_000;
    const ms = random.chance(0.5) ? next : random.below(random.pick([50, 500, 2_500, 9_000, 35_000]));
    return { do: 'time', ms: Math.max(1, Math.ceil(ms)) };
  }

  #disturbance(): Move {
    const random = this.#random;
    const node = random.pick(NODES);
    switch (random.below(5)) {
      case 0:
      case 1:
        return { do: 'crash', node, landing: random.chance(0.5) };
      case 2:
        return { do: 'stop', node };
      case 3:
        return { do: 'freeze', node, ms: 500 + random.below(20_000) };
      default:
        return { do: 'start', node };
    }
  }

  #rules(): Move {
    const random = this.#random;
    return {
      do: 'rules',
      change: {
        muteWhenHumanActive: random.chance(0.75),
        humanPriorityWindowSeconds: random.pick([0, 2, 10, 30]),
        replyDelaySeconds: random.pick([0, 0, 2, 5]),
        paused: random.chance(0.12),
      },
    };
  }

  #act(): Move {
    const random = this.#random;
    this.#made += 1;
    const at: NodeNumber = random.pick(NODES);
    const where = !this.#isCrowded && random.chance(0.5) ? 1 : this.#isCrowded && random.chance(0.05) ? 1 : 0;
    return { do: 'act', at, in: where, act: this.#chosen(this.#made) };
  }

  #chosen(n: number): Act {
    const random = this.#random;
    const who = random.pick(PEOPLE);
    if (n === 1 || random.chance(0.28)) return { act: 'customer writes', n };
    switch (random.below(24)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return { act: 'types', who };
      case 4:
      case 5:
        return { act: 'stops typing', who };
      case 6:
        return { act: 'loses connection', who };
      case 7:
      case 8:
      case 9:
        return {
          act: 'teammate sends',
          who,
          n,
          seen: random.pick(['all', 'nothing', 'forced']),
          note: random.chance(0.2),
        };
      case 10:
      case 11:
      case 12:
        return { act: 'takes over', who };
      case 13:
      case 14:
      case 15:
      case 16:
        return { act: 'hands back', who, instruction: random.chance(0.3) ? 'be brief' : null };
      case 17:
        return { act: random.pick(['closes', 'reopens', 'assigns'] as const), who };
      case 18:
        return { act: 'snoozes', who, ms: random.below(20_000) };
      case 19:
        return { act: 'sends anyway', who, nth: random.below(3) };
      case 20:
        return { act: 'own echo', nth: random.below(4) };
      case 21:
        return { act: 'foreign echo', n, agoMs: random.below(20_000), automated: random.chance(0.3) };
      default:
        return { act: 'delivered again', of: 1 + random.below(n) };
    }
  }
}
