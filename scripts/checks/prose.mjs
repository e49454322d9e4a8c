import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** A longer title is a paragraph: it says two things, or explains itself. */
const MAX_TITLE_WORDS = 18;

/** Words that meant three things, or were a metaphor: what to write instead. The pattern is looked for in code and prose. */
const retired = [
  [/\b(Letter|lettersPerConversation)\b/, 'QueuedCommand, commands'],
  [/\bApplier\b/, 'CommandProcessor'],
  [/\bSpacing\b|\bmayLeave\b/, 'CommitPacer, canFlush'],
  [/\bLetGo\b|\bOvertaken\b|\bgroundGone\b/, 'GenerationCancelled, GenerationSuperseded, replyInvalidated'],
  [/\binsist\(/, 'dispatchWithRetry('],
  [/\bMOST_[A-Z_]+\b/, 'MAX_…'],
  [/\bLONGEST_[A-Z_]+\b/, 'MAX_…'],
  [/\bstirs\b/, 'has_pending_work'],
  [/\b[Ss]tranded\b/, 'withheld'],
  [/\b[Pp]arked\b/, 'deferred'],
  [/\bKnocking\b|\bat the door\b|\b[a-z]+Doors?\b|\bDoor\b/, 'admission, InboundChannel, a public route'],
  [/\bNodeTalk\b|\btalk\.tell\b/, 'ClusterBus, bus.publish'],
  [/\bNeighbours?\b|\bchangedThere\b/, 'RemoteNodes, applyRemoteChange'],
  [/\bPresenceB(?:ook|oard)\b/, 'PresenceRegistry'],
  [/\bEndings\b|\bexitAtTheLatest\b/, 'ShutdownHooks, forceExitAfter'],
  [/\b(?:start)?[Cc]hores\b/, 'housekeeping'],
  [
    /\blendConversation\b|\btakeBack\b|\bActionDesk\b|\bheed\(/,
    'registerConversation, unregister, ActionTarget, noteFailure',
  ],
  [/\bfindWayOut\b|\bway out\b/, 'findOutboundChannel, a route'],
  [/\b[Tt]rouble\b/, 'failure, incident'],
  [/\b[Rr]efusals?\b/, 'rejection, problem'],
  [/\bin vain\b|\bVainSection\b/, 'needs a teammate'],
  [/\b[Ww]hispers?\b/, 'instruction'],
  [/\bset aside\b/, 'quarantined; on screen: on hold after an error'],
  [/\bof strangers\b|\bstrangers'/, 'untrusted'],
];

const FOLDERS = ['apps', 'packages', 'e2e', 'proofs', 'bench', 'scripts', 'test-support', 'drizzle', 'docs', '.'];
const SKIPPED = new Set(['node_modules', 'build', '.svelte-kit', 'paraglide', 'meta', '.data', '.screenshots']);
// These quote retired words. A migration that has been applied cannot change.
const QUOTES = /^(drizzle\/.*|scripts\/(checks\/prose|test\/prose)[^/]*|docs\/glossary\.md)$/;

export const prose = {
  name: 'prose',
  says: 'plain sentences, short test titles, no retired words',
  run: () => check(ROOT),
  canary: {
    files: {
      'packages/a/src/a.ts':
        '/** What is due is claimed by whoever comes first. */\nexport const neighbours: Neighbours = "// What is this, no comment.";\n',
      'packages/a/src/A.svelte':
        '<!-- Who writes here holds the conversation. -->\n<p>What is this text of a page.</p>\n',
      'packages/a/test/a.test.ts': `test('[HOLD-1] ${'word '.repeat(19)}', () => {});\n`,
      'docs/page.md': '# What is a title\n\nWhatever waits is answered later on. What is the use of it?\n',
      'apps/web/messages/en.json': '{\n  "key": "Where the agent holds nothing is said."\n}\n',
      'drizzle/a.sql': '-- Whoever commits first has won the race.\nselect 1;\n',
    },
    run: (folder) => check(folder),
    notices: [
      'packages/a/src/a.ts:1: What is due',
      'packages/a/src/A.svelte:1: Who writes',
      'docs/page.md:3: Whatever waits',
      'apps/web/messages/en.json:2: Where the agent',
      'drizzle/a.sql:1: Whoever commits',
      '5 of 6 sentences',
      'a title of 19 words',
      'write: RemoteNodes',
    ],
  },
};

async function check(root) {
  // After installation: the compiler that knows a comment from a string comes with the project.
  const read = await import('./prose-text.mjs');
  const files = filesUnder(root).map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }));
  const sentences = files.flatMap(({ path, source }) =>
    read
      .passagesOf(path, source)
      .flatMap(({ line, text }) => read.sentencesOf(text).map((sentence) => ({ at: `${path}:${line}`, sentence }))),
  );
  const headless = sentences.filter(({ sentence }) => read.isHeadless(sentence));
  const titles = files
    .filter(({ path }) => /\.(test|e2e)\.(ts|mjs)$|\/contract[^/]*\.ts$/.test(path))
    .flatMap(({ path, source }) => read.titlesOfTests(source).map((title) => ({ ...title, path })))
    .map(({ path, line, text }) => ({ at: `${path}:${line}`, text, words: read.wordsOf(text) }))
    .filter(({ words }) => words > MAX_TITLE_WORDS);
  const old = files.filter(({ path }) => !QUOTES.test(path)).flatMap(({ path, source }) => retiredIn(path, source));

  const share = headless.length / Math.max(1, sentences.length);
  const faults = [
    ...headless.map(({ at, sentence }) => `${at}: ${sentence}`),
    ...titles.map(({ at, text, words }) => `${at}: a title of ${words} words: ${text}`),
    ...old,
  ];
  const counts = `${headless.length} of ${sentences.length} sentences begin with a headless What, Who or Where (${(100 * share).toFixed(2)} %), ${titles.length} titles have over ${MAX_TITLE_WORDS} words, ${old.length} retired words`;
  return { ok: faults.length === 0, output: [...faults, counts].join('\n') };
}

function retiredIn(path, source) {
  return source.split('\n').flatMap((line, index) =>
    retired.flatMap(([pattern, instead]) => {
      const found = pattern.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1}: "${found}", write: ${instead}`];
    }),
  );
}

function filesUnder(root) {
  const list = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && folder !== '.' && !SKIPPED.has(entry.name) ? list(path) : [];
    });
  const there = new Set(readdirSync(root));
  return FOLDERS.filter((folder) => folder === '.' || there.has(folder))
    .flatMap(list)
    .filter((path) => /\.(ts|mjs|js|svelte|sql|md)$|messages\/en\.json$/.test(path));
}
