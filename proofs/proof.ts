/** One promise of Baton and the program that shows it. Listed in registry.ts. */
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
  /** Runs this schedule of the seed alone; a broken verdict names it. */
  schedule: number | null;
  /** The number of threads. */
  workers: number;
  /** Prints one line of progress. */
  say(progress: string): void;
}

/** The result. Figures are totals; coverage counts each kind of thing by group. */
export interface Verdict {
  figures: Record<string, number>;
  coverage: Record<string, Record<string, number>>;
  /** The violations and how to reproduce them; null if the proof holds. */
  broken: string | null;
}
