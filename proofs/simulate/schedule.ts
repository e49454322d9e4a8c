import { Random } from '../random.ts';
import type { Tally } from '../tally.ts';
import { Generator } from './generate.ts';
import { drained } from './kernel.ts';
import type { Move } from './move.ts';
import { settle } from './settle.ts';
import { checkSettled } from './settled-check.ts';
import { type Variant, World } from './world.ts';

/** Every schedule has at least so many events and faults. It grows up to `MOVES.most` moves to reach them. */
export const LEAST = { events: 8, faults: 2 } as const;
const MOVES = { usual: 110, most: 600 } as const;

export interface Ran {
  moves: Move[];
  broken: string | null;
  events: number;
  faults: number;
  world: World;
}

/** Generates a schedule from a seed and a number. */
export function runSchedule(seed: number, number: number, tally: Tally, variant: Variant = {}): Promise<Ran> {
  const generator = new Generator(new Random(seed, number));
  return run(tally, variant, (world, made) => {
    const { events, faults } = world;
    const isEnough = made >= MOVES.usual && events >= LEAST.events && faults >= LEAST.faults;
    return isEnough || made >= MOVES.most
      ? null
      : generator.next(world, made < MOVES.usual ? 0 : LEAST.faults - faults);
  });
}

/** Replays known moves, skipping those that are no longer possible. */
export function replay(moves: Move[], variant: Variant = {}): Promise<Ran> {
  return run({}, variant, (_, made) => moves[made] ?? null);
}

async function run(tally: Tally, variant: Variant, next: (world: World, made: number) => Move | null): Promise<Ran> {
  const wallClock = Date.now;
  const moves: Move[] = [];
  const world = new World(tally, variant);
  const { observer, kernel } = world;
  // The wall clock jumps, because no rule may depend on it (TIME-1).
  Date.now = () => kernel.now + ((moves.length * 7_919) % 11) * 3_600_000 - 18_000_000;
  try {
    await drained();
    let made = 0;
    for (let move = next(world, made); move && observer.broken === null; move = next(world, made)) {
      made += 1;
      if (!world.apply(move)) continue;
      moves.push(move);
      await drained();
    }
    const { events, faults } = world;
    if (observer.broken === null) await settle(world);
    if (observer.broken === null) checkSettled(world);
    return { moves, broken: observer.broken, events, faults, world };
  } finally {
    Date.now = wallClock;
  }
}
