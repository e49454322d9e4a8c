/** One thing that Baton promises, and how it is shown. Listed in registry.ts. */
export interface Proof {
  /** The claim that the proof shows, as a sentence. */
  shows: string;
  /** The unit of `--count` and its default. */
  counts: { what: string; usual: number } | null;
  run(options: ProofOptions): Promise<Verdict>;
}

export interface ProofOptions {
  seed: number;
  count: number;
  /** One of the seed's schedules alone, as a broken verdict names it. */
  schedule: number | null;
  /** Threads at work. */
  workers: number;
  /** One line about how far it has come. */
  say(progress: string): void;
}

/** What came out. Figures are totals; coverage says by group how often each thing happened. */
export interface Verdict {
  figures: Record<string, number>;
  coverage: Record<string, Record<string, number>>;
  /** The violations and how to reproduce them; null if the proof holds. */
  broken: string | null;
}
