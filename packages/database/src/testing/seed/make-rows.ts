import { toVector } from '../../search/words.ts';
import { Random } from './random.ts';
import { fillTemplate } from './placeholders.ts';
import { type RowTemplates, TABLES, type Table, toTemplates } from './row-templates.ts';
import { KINDS, LENGTHS } from './scenario-kinds.ts';
import { personName, say } from './texts.ts';
import type { SeedWorkspace } from './workspaces.ts';

export type Rows = Record<Table, string[]>;

export interface RowOptions {
  seed: number;
  /** Share of the conversations that get their history. */
  history: number;
  /** When it all ends. */
  now: number;
}

/** Rows for the conversations of a workspace from one place up to another. */
export function makeRows(workspace: SeedWorkspace, from: number, to: number, { seed, history, now }: RowOptions): Rows {
  const rows = noRows();
  for (let place = from; place < to; place += 1) {
    const random = new Random(`${seed}/${workspace.number}/${place}`);
    const kind = random.pick(KINDS);
    const length = random.pick(LENGTHS).messages;
    const templates = templatesOf(kind, length);
    const fill = filler(workspace, place, now, random, kind.name, templates);
    const withHistory = random.next() < history;
    for (const table of TABLES) {
      if (table === 'transitions' && !withHistory) continue;
      for (const template of templates[table].rows) rows[table].push(fillTemplate(template, fill));
    }
  }
  return rows;
}

const noRows = (): Rows => ({
  customers: [],
  conversations: [],
  lanes: [],
  messages: [],
  transitions: [],
  read_markers: [],
  message_words: [],
});

const templateCache = new Map<string, RowTemplates>();

/** Played once; then only filled. */
function templatesOf({ name, play }: (typeof KINDS)[number], length: number): RowTemplates {
  return remember(templateCache, `${name}/${length}`, () => toTemplates(play(length)));
}

/** Returns the values of one conversation's placeholders. */
function filler(
  workspace: SeedWorkspace,
  place: number,
  now: number,
  random: Random,
  kind: string,
  templates: RowTemplates,
) {
  const ago = lastChange(kind, place, workspace.conversations, random);
  const base = Math.floor(now - ago - spanOf(templates));
  const [one, other] = random.two(workspace.teammates);
  const name = personName(random.integer(320));
  const known = new Map<string, string>([
    ['workspace', workspace.id],
    ['channel', workspace.channelId],
    ['agent', workspace.agentId],
    ['place', `${workspace.number}-${place}`],
    ['customerName', name],
    ['words.0', toVector(workspace.id, name)],
    ['first', one.id],
    ['firstName', one.name],
    ['second', other.id],
    ['secondName', other.name],
    ['assignee', one.id],
  ]);
  // Only the first message has what is planted: a place that nothing is planted at stands for none.
  const said = templates.messages.rows.map((_, index) =>
    say(workspace.id, random.integer(1_000_000), 100_000 + random.integer(900_000), index === 0 ? place : 1),
  );
  for (const [index, { text, words }] of said.entries()) {
    known.set(`text.${index + 1}`, text);
    known.set(`words.${index + 1}`, words);
  }
  return (place_: string): string | number => {
    if (place_.startsWith('+')) return base + Number(place_.slice(1));
    if (place_.startsWith('@')) return new Date(base + Number(place_.slice(1))).toISOString();
    return remember(known, place_, () => random.id(base));
  };
}

/** How long ago it last changed: in the order of their places, over a year; what is going on, just now. */
function lastChange(kind: string, place: number, of: number, random: Random): number {
  if (kind === 'being written in') return 0;
  if (kind === 'just answered' || kind === 'about to be sent') return random.next() * 600_000;
  return ((of - place) / of) * 365 * 86_400_000 * (kind.startsWith('closed') ? 1 : 0.05) + random.next() * 3_600_000;
}

/** The first time that the lane names is the end of the scenario. */
function spanOf({ lanes }: RowTemplates): number {
  const changedAt = lanes.rows[0]!.find((part, index) => index % 2 === 1 && part.startsWith('@')) ?? '@0';
  return Number(changedAt.slice(1));
}

function remember<Value>(known: Map<string, Value>, name: string, make: () => Value): Value {
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
}
