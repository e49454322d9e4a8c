import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connections } from '@baton/database';
import { startEmbeddedPostgres } from '@baton/embedded-postgres';
import { countConversations } from '@baton/database/queries/count-conversations';
import { type ConversationFilter, listConversations } from '@baton/database/queries/list-conversations';
import { readBoard } from '@baton/database/queries/read-board';
import { cpuSeconds } from './harness/cpu.ts';
import type { Figure } from './harness/figure.ts';
import type { Scale } from './harness/scale.ts';
import { fill } from './p9-fill.ts';

const PAGE = 50;

/**
 * P-9: lists, counts and search in a database that has grown, with the settings of `npm start`. Everything is asked in the
 * biggest workspace, which has 60 % of all. `GROWTH` is the number of conversations, if another one is wanted; `GROWTH_DIR`
 * a folder that is filled once, asked as often as one likes, and removed by hand.
 */
export async function growth(scale: Scale): Promise<Figure[]> {
  const conversations = Number(process.env['GROWTH'] ?? scale.pick(5_000, 1_000_000));
  const rounds = scale.pick(40, 200);
  const kept = process.env['GROWTH_DIR'];
  if (kept !== undefined) {
    const filling = existsSync(join(kept, 'postgres')) ? [] : [await fillFigure(kept, conversations)];
    return [...filling, ...(await measure(kept, rounds))];
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'baton-growth-'));
  try {
    return [await fillFigure(dataDir, conversations), ...(await measure(dataDir, rounds))];
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

async function fillFigure(dataDir: string, wanted: number): Promise<Figure> {
  const { conversations, messages, seconds } = await fill(dataDir, wanted);
  const details = { conversations, messages, seconds };
  return { goal: null, name: 'filled', value: messages / seconds, unit: 'messages/s', limit: null, details };
}

/** Opens the database as the server does, and asks it what the inbox asks. */
async function measure(dataDir: string, rounds: number): Promise<Figure[]> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const connections = connect(postgres.connection);
  const postmaster = Number(
    await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').then((text) => text.split('\n')[0]),
  );
  const databaseCpu = () => cpuSeconds(postmaster);
  try {
    const workspace = await biggest(connections);
    const figures: Figure[] = [];
    for (const [name, ask] of Object.entries(questions(connections, workspace))) {
      // Pages that nobody has read since the start say something about the disk, not about the query: everybody asks once.
      for (let round = 0; round < workspace.teammates.length; round += 1) await ask(round);
      const times: number[] = [];
      let found = 0;
      const before = [process.cpuUsage(), await databaseCpu()] as const;
      for (let round = 0; round < rounds; round += 1) {
        const start = performance.now();
        found = await ask(round);
        times.push(performance.now() - start);
      }
      const own = process.cpuUsage(before[0]);
      const theirs = ((await databaseCpu()) ?? Number.NaN) - (before[1] ?? Number.NaN);
      const cpu = { 'own CPU': (own.user + own.system) / 1_000 / rounds, 'database CPU': (theirs * 1_000) / rounds };
      figures.push(figureOf(name, times, { found, ...cpu }));
    }
    return figures;
  } finally {
    await connections.close();
    await postgres.stop();
  }
}

interface Asked {
  id: string;
  teammates: string[];
}

async function biggest({ sql }: Connections): Promise<Asked> {
  const [workspace] = await sql<Asked[]>`
    select t.workspace_id as id, json_agg(t.user_id order by t.user_id) as teammates from teammates t
    where t.workspace_id = (select workspace_id from customers group by 1 order by count(*) desc limit 1)
    group by t.workspace_id`;
  if (!workspace) throw new Error('there is no workspace to ask');
  return workspace;
}

/** Besides the times, which others on the machine make longer: what it took of the processors, in ms. */
function figureOf(name: string, times: number[], details: Record<string, number>): Figure {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const goal = { id: 'P-9', text: `p99 < ${goalOf(name)} ms` };
  return {
    goal,
    name,
    value: at(0.99),
    unit: 'ms',
    limit: null,
    details: { fastest: at(0), p50: at(0.5), slowest: at(1), ...details },
  };
}

function goalOf(name: string): number {
  if (name.startsWith('search')) return name.includes('capped') ? 500 : 50;
  return name.startsWith('count') ? 30 : 20;
}

type Question = (round: number) => Promise<number>;

function questions({ db }: Connections, { id, teammates }: Asked): Record<string, Question> {
  const me = (round: number) => teammates[round % teammates.length] ?? '';
  const list =
    (filter: (me: string) => ConversationFilter): Question =>
    async (round) => {
      const { items } = await listConversations(db, id, me(round), filter(me(round)), { limit: PAGE, after: null });
      return items.length;
    };
  const search = (text: string, filter: ConversationFilter = {}) => list(() => ({ ...filter, text }));
  return {
    'list: open': list(() => ({ status: 'open' })),
    'list: any status': list(() => ({})),
    'list: closed': list(() => ({ status: 'closed' })),
    'list: snoozed, seldom': list(() => ({ status: 'snoozed' })),
    'list: state humanActive': list(() => ({ state: 'humanActive' })),
    'list: open, state agentDisabled': list(() => ({ status: 'open', state: 'agentDisabled' })),
    'list: closed, state agentActive, nobody’s': list(() => ({
      status: 'closed',
      state: 'agentActive',
      assigneeId: null,
    })),
    'list: mine, open': list((assigneeId) => ({ status: 'open', assigneeId })),
    'list: mine, any status, state agentActive': list((assigneeId) => ({ state: 'agentActive', assigneeId })),
    'list: nobody’s, open': list(() => ({ status: 'open', assigneeId: null })),
    'list: held by me': list((teammateId) => ({ status: 'open', holder: { teammateId } })),
    'list: held by someone': list(() => ({ status: 'open', holder: 'someone' })),
    'list: held by another device': list(() => ({ holder: 'external' })),
    'list: held by the team, mine': list((assigneeId) => ({ status: 'open', holder: 'team', assigneeId })),
    'list: changed in the last hour': list(() => ({ changedSince: new Date(Date.now() - 3_600_000) })),
    'list: the hundredth page': deepPage(db, id, me(0)),
    'count: sidebar': async (round) => (await countConversations(db, id, me(round))).open,
    'count: board': async () => (await readBoard(db, id, {})).items.length,
    'search: some ten hits': search('zanzibar'),
    'search: a hundred hits': search('marmalade'),
    'search: a thousand hits': search('quicksilver'),
    'search: a thousand hits, open': search('quicksilver', { status: 'open' }),
    'search: two words': search('quicksilver parcel'),
    'search: beginning of a word': search('quicksi'),
    'search: nothing': search('nonsuchword'),
    'search: in 1 of 40, capped': search('labyrinth'),
    'search: in 1 of 4, capped': search('evergreen'),
    'search: in nearly all, capped': search('parcel'),
    'search: a name, capped': search('maria'),
    'search: frequent, held by me, capped': list((teammateId) => ({ text: 'parcel', holder: { teammateId } })),
  };
}

function deepPage(db: Connections['db'], id: string, me: string): Question {
  let after: Parameters<typeof listConversations>[4]['after'] | undefined;
  return async () => {
    if (after === undefined) {
      after = null;
      for (let page = 0; page < 25; page += 1) {
        after = (await listConversations(db, id, me, { status: 'closed' }, { limit: 200, after })).end;
      }
    }
    return (await listConversations(db, id, me, { status: 'closed' }, { limit: PAGE, after })).items.length;
  };
}
