const declared = /\*\*([A-Z]+-\d+)\*\*/g;

// A title begins with its rules: test('[HOLD-1] …'), test.each(rows)('[HOLD-1] …'), test(`[HOLD-1] [HOLD-2, SEE-1] …`).
const title = /\(\s*(['"`])((?:\[[A-Z]+-\d+(?:,\s*[A-Z]+-\d+)*\]\s*)+)/g;

/** The ids that the behaviour page declares, in its order. */
export const declaredRules = (page) => [...new Set([...page.matchAll(declared)].map((match) => match[1]))];

/** The ids that the titles in a test file name. */
export const namedRules = (source) => [
  ...new Set([...source.matchAll(title)].flatMap((match) => match[2].match(/[A-Z]+-\d+/g) ?? [])),
];

/** Holds the page against the tests: every rule has one, and none names a rule that is not there. */
export function compareRules(page, tests) {
  const rules = declaredRules(page);
  const named = new Set(tests.flatMap((test) => namedRules(test.source)));
  const untested = rules.filter((id) => !named.has(id)).map((id) => `${id}: no test has it in its title`);
  const unknown = tests.flatMap((test) =>
    namedRules(test.source)
      .filter((id) => !rules.includes(id))
      .map((id) => `${test.path}: names ${id}, which docs/behaviour.md does not have`),
  );
  const none = rules.length === 0 ? ['docs/behaviour.md declares no rule'] : [];
  return [...none, ...untested, ...unknown];
}
