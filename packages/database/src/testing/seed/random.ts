import { createHash } from 'node:crypto';

/** Chance that the same seed repeats: mulberry32, begun from a hash of the seed. */
export class Random {
  #state: number;

  constructor(seed: string) {
    this.#state = createHash('md5').update(seed).digest().readUInt32LE(0);
  }

  /** From 0 on, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<Option extends { share: number }>(options: readonly Option[]): Option {
    let left = this.next() * options.reduce((sum, { share }) => sum + share, 0);
    return options.find(({ share }) => (left -= share) < 0) ?? options[0]!;
  }

  two<Item>(items: readonly Item[]): [Item, Item] {
    const first = this.integer(items.length);
    return [items[first]!, items[(first + 1 + this.integer(items.length - 1)) % items.length]!];
  }

  /** A UUIDv7 of this time. */
  id(at: number): string {
    const time = Math.max(0, at).toString(16).padStart(12, '0');
    const random = () => this.integer(0x100000000).toString(16).padStart(8, '0');
    const [a, b, c] = [random(), random(), random()];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3, 6)}-${b}${c.slice(0, 4)}`;
  }
}
