/** The fast suites that may kill a mutant, with their files. */
export const SUITES = {
  rules: ['packages/conversation/test/holding.test.ts', 'packages/conversation/test/replying.test.ts'],
  space: ['packages/conversation/test/random.test.ts', 'packages/conversation/test/state-space.test.ts'],
  snapshot: ['packages/conversation/test/snapshot.test.ts'],
  runtime: ['packages/runtime/test/'],
  fence: ['packages/database/test/fence.pg.test.ts'],
  commit: ['packages/database/test/commit.pg.test.ts', 'packages/database/test/commit-locks.pg.test.ts'],
  store: ['packages/database/test/store-contract.pg.test.ts'],
} as const;

export type Suite = keyof typeof SUITES;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant are what its type says
export const SUITE_NAMES = Object.keys(SUITES) as Suite[];

/** One small bug that a developer could introduce. */
export interface Mutant {
  /** The fault as a short sentence. */
  name: string;
  file: string;
  /** Text that occurs once in the file. */
  find: string;
  replace: string;
  /** The suites in which a test must fail. */
  suites: readonly Suite[];
}

type Change = readonly [name: string, find: string, replace: string, ...suites: Suite[]];

/** Mutants of one file. `suites` must notice each, unless it names its own. */
export function mutantsOf(file: string, suites: readonly Suite[], changes: readonly Change[]): Mutant[] {
  return changes.map(([name, find, replace, ...own]) => ({
    name,
    file,
    find,
    replace,
    suites: own.length > 0 ? own : suites,
  }));
}

/** The text with the mutant applied. @throws if `find` does not occur exactly once */
export function mutate(text: string, { name, file, find, replace }: Mutant): string {
  const occurrences = text.split(find).length - 1;
  if (occurrences !== 1) throw new Error(`“${name}”: its text occurs ${occurrences} times in ${file}`);
  return text.replace(find, () => replace);
}
