import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const RECORDS = 'docs/adr';
const MAX_RECORD_LINES = 45;
const RECORD = /^# (\d+)\. (\S.*)\n\n- Status: (?:accepted|superseded by ADR \d+)\n- Date: \d{4}-\d\d-\d\d\n$/;
const SECTIONS = ['Context', 'Decision', 'Consequences'];

const SKIPPED = new Set(['node_modules', 'build', 'paraglide', 'results']);
const isText = (name) => /\.(md|ts|mjs|js|svelte|sql|ya?ml|jsonc)$/.test(name) && name !== 'pnpm-lock.yaml';

export const docs = {
  name: 'docs',
  says: 'decisions follow their template; links and references have a target',
  run: () => check(ROOT),
  canary: {
    files: {
      'docs/adr/README.md': '# Decisions\n\n[0001](0001-hold.md) Hold it\n',
      'docs/adr/0001-hold-the-lock.md':
        '# 1. Hold the lock\n\n- Status: accepted\n- Date: 2026-01-01\n\n## Context\n\n## Decision\n',
      'docs/adr/0002-let-go.md': '# 2. Let go\n\n- Status: maybe\n\n## Context\n\n## Decision\n\n## Consequences\n',
      'docs/page.md': '# Page\n\nSee [ADR 1](adr/0001-hold-the-lock.md), [below](#below) and [that](gone.md).\n',
      'packages/a/src/a.ts': '// The lock is held (ADR 7).\n',
    },
    run: check,
    notices: [
      'docs/adr/README.md: links to 0001-hold.md, which does not exist',
      'docs/adr/README.md: lacks [0001](0001-hold-the-lock.md)',
      'docs/adr/0001-hold-the-lock.md: its sections are Context, Decision',
      'docs/adr/0002-let-go.md: begins with title, status and date',
      'docs/adr/0002-let-go.md: no file outside docs/adr refers to it',
      'docs/page.md: links to #below, which does not exist',
      'docs/page.md: links to gone.md, which does not exist',
      'packages/a/src/a.ts: refers to ADR 7, which does not exist',
    ],
  },
};

function check(root) {
  const files = textsUnder(root, '').map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }));
  const records = files.filter(({ path }) => /^docs\/adr\/\d{4}-[^/]*\.md$/.test(path)).map(readRecord);
  const index = files.find(({ path }) => path === `${RECORDS}/README.md`)?.source ?? '';
  const faults = [
    ...records.flatMap((record) => faultsOfRecord(record, index)),
    ...files.flatMap(({ path, source }) => faultsOfReferences(path, source, records)),
    ...unusedRecords(files, records),
    ...files.filter(({ path }) => path.endsWith('.md')).flatMap(({ path, source }) => brokenLinks(root, path, source)),
  ];
  return { ok: faults.length === 0, output: faults.join('\n') };
}

function readRecord({ path, source }) {
  const name = path.slice(RECORDS.length + 1);
  return { path, source, name, number: Number(name.slice(0, 4)) };
}

function faultsOfRecord({ path, source, name, number }, index) {
  const [, titleNumber, title] = RECORD.exec(source.slice(0, source.indexOf('\n## '))) ?? [];
  const sections = [...source.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
  const expectedName =
    title &&
    `${name.slice(0, 4)}-${title
      .toLowerCase()
      .replace(/'/g, '')
      .replace(/[^a-z0-9]+/g, '-')}.md`;
  const lines = source.split('\n').length - 1;
  return [
    ...(title ? [] : ['begins with title, status and date, each in its form']),
    ...(title && (Number(titleNumber) !== number || expectedName !== name)
      ? [`its title asks for ${expectedName}`]
      : []),
    ...(sections.join() === SECTIONS.join()
      ? []
      : [`its sections are ${sections.join(', ')}, not ${SECTIONS.join(', ')}`]),
    ...(lines > MAX_RECORD_LINES ? [`has ${lines} lines, more than ${MAX_RECORD_LINES}`] : []),
  ]
    .map((fault) => `${path}: ${fault}`)
    .concat(
      index.includes(`[${name.slice(0, 4)}](${name})`)
        ? []
        : [`${RECORDS}/README.md: lacks [${name.slice(0, 4)}](${name})`],
    );
}

/** The numbers of the records that a text refers to, as "ADR 7" or "adr/0007". */
const referencesIn = (source) => [...source.matchAll(/\b(?:ADR |adr\/)(\d+)/g)].map((match) => Number(match[1]));

function faultsOfReferences(path, source, records) {
  if (path === 'scripts/checks/docs.mjs') return []; // Its canary refers to a record that does not exist.
  return referencesIn(source)
    .filter((number) => !records.some((record) => record.number === number))
    .map((number) => `${path}: refers to ADR ${number}, which does not exist`);
}

function unusedRecords(files, records) {
  const outside = files.filter(({ path }) => !path.startsWith(`${RECORDS}/`));
  const used = new Set(outside.flatMap(({ source }) => referencesIn(source)));
  return records
    .filter(({ number }) => !used.has(number))
    .map(({ path }) => `${path}: no file outside docs/adr refers to it`);
}

function brokenLinks(root, path, source) {
  return [...withoutCode(source).matchAll(/\]\((?!\w+:)<?([^)\s>]+)>?\)/g)]
    .map((match) => match[1])
    .filter((link) => !leadsSomewhere(root, path, link))
    .map((link) => `${path}: links to ${link}, which does not exist`);
}

function leadsSomewhere(root, path, link) {
  const [file, anchor] = link.split('#');
  const target = join(root, file === '' ? path : normalize(join(dirname(path), file)));
  if (!existsSync(target)) return false;
  if (anchor === undefined || !target.endsWith('.md')) return true;
  return [...withoutCode(readFileSync(target, 'utf8')).matchAll(/^#+ (.*)$/gm)].some(
    (match) => slug(match[1]) === anchor,
  );
}

/** The anchor that GitHub makes of a heading. */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-');

const withoutCode = (source) => source.replace(/^ *```[\s\S]*?^ *```/gm, '');

function textsUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : textsUnder(root, path);
    return entry.isFile() && isText(entry.name) ? [path] : [];
  });
}
