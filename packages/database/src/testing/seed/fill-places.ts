import { toVector } from '../../search/words.ts';
import { Dice } from './dice.ts';
import { press } from './marks.ts';
import { type Mould, TABLES, type Table, toMould } from './rows.ts';
import { KINDS, LENGTHS } from './scripts.ts';
import { personName, say } from './texts.ts';
import type { SeedWorkspace } from './workspaces.ts';

export type Rows = Record<Table, string[]>;

export interface Filling {
  seed: number;
  /** Share of the conversations that get their history. */
  history: number;
  /** When it all ends. */
  now: number;
}

/** Rows for the conversations of a workspace from one place up to another. */
export function fillPlaces(workspace: SeedWorkspace, from: number, to: number, { seed, history, now }: Filling): Rows {
  const rows = noRows();
  for (let place = from; place < to; place += 1) {
    const dice = new Dice(`${seed}/${workspace.number}/${place}`);
    const kind = dice.pick(KINDS);
    const length = dice.pick(LENGTHS).messages;
    const mould = mouldOf(kind, length);
    const fill = filler(workspace, place, now, dice, kind.name, mould);
    const withHistory = dice.next() < history;
    for (const table of TABLES) {
      if (table === 'transitions' && !withHistory) continue;
      for (const stamp of mould[table].stamps) rows[table].push(press(stamp, fill));
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

const moulds = new Map<string, Mould>();

/** Played once; then only filled. */
function mouldOf({ name, play }: (typeof KINDS)[number], length: number): Mould {
  return remember(moulds, `${name}/${length}`, () => toMould(play(length)));
}

/** What stands in the places of one conversation's rows. */
function filler(workspace: SeedWorkspace, place: number, now: number, dice: Dice, kind: string, mould: Mould) {
  const ago = lastChange(kind, place, workspace.conversations, dice);
  const base = Math.floor(now - ago - spanOf(mould));
  const [one, other] = dice.two(workspace.teammates);
  const name = personName(dice.integer(320));
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
  const said = mould.messages.stamps.map((_, index) =>
    say(workspace.id, dice.integer(1_000_000), 100_000 + dice.integer(900_000), index === 0 ? place : 1),
  );
  for (const [index, { text, words }] of said.entries()) {
    known.set(`text.${index + 1}`, text);
    known.set(`words.${index + 1}`, words);
  }
  return (place_: string): string | number => {
    if (place_.startsWith('+')) return base + Number(place_.slice(1));
    if (place_.startsWith('@')) return new Date(base + Number(place_.slice(1))).toISOString();
    return remember(known, place_, () => dice.id(base));
  };
}

/** How long ago it last changed: in the order of their places, over a year; what is going on, just now. */
function lastChange(kind: string, place: number, of: number, dice: Dice): number {
  if (kind === 'being written in') return 0;
  if (kind === 'just answered' || kind === 'about to be sent') return dice.next() * 600_000;
  return ((of - place) / of) * 365 * 86_400_000 * (kind.startsWith('closed') ? 1 : 0.05) + dice.next() * 3_600_000;
}

/** The first time that the lane names is the end of the script. */
function spanOf({ lanes }: Mould): number {
  const changedAt = lanes.stamps[0]!.find((part, index) => index % 2 === 1 && part.startsWith('@')) ?? '@0';
  return Number(changedAt.slice(1));
}

function remember<Value>(known: Map<string, Value>, name: string, make: () => Value): Value {
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
}
