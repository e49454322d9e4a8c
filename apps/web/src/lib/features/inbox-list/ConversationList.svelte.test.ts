import { mount, tick } from 'svelte';
import type { Conversation } from '@baton/protocol';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../app.css';
import { conversationOf, messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { mounted } from '../../testing/mounted.ts';
import { beside } from '../actions/place-in-list.ts';
import ConversationList from './ConversationList.svelte';
import { inHeldOrder } from '../../inbox/list/held-order.ts';

const MANY = 10_000;
const START = Date.parse('2026-01-02T00:00:00Z');
const GOAL_MS = 50;

const named = (index: number) =>
  conversationOf({
    id: `conversation-${index}`,
    customer: { id: `customer-${index}`, name: `Customer ${index}` },
    lastMessage: messageOf({ seq: 1, createdAt: new Date(START - index * 1_000).toISOString() }),
  });

/** A list with its rows and its selection in our hands. */
class Shown {
  fresh = $state.raw<Conversation[]>(Array.from({ length: MANY }, (_, index) => named(index)));
  held = $state.raw<string[] | null>(null);
  selectedId = $state('conversation-0');
  readonly shown = $derived(this.held === null ? { rows: this.fresh, newer: 0 } : inHeldOrder(this.held, this.fresh));
  readonly list: ReturnType<typeof ConversationList>;

  constructor() {
    document.documentElement.style.height = '100%';
    const room = document.createElement('div');
    Object.assign(room.style, { height: '600px', width: '352px' });
    document.body.append(room);
    let list: ReturnType<typeof ConversationList> | undefined;
    // oxlint-disable-next-line typescript/no-this-alias -- props read it lazily
    const state = this;
    mounted(() => {
      list = mount(ConversationList, {
        target: room,
        props: {
          get rows() {
            return state.shown.rows;
          },
          get newer() {
            return state.shown.newer;
          },
          get selectedId() {
            return state.selectedId;
          },
          meId: 'me',
          now: START,
          loading: false,
          failed: false,
          filtered: false,
          hasMore: false,
          unreadOf: () => 0,
          othersOf: () => [],
          hrefOf: (id: string) => `#${id}`,
          onmore: () => undefined,
          onclear: () => undefined,
          onopen: () => undefined,
          onaway: (away: boolean) => state.hold(away),
        },
      });
      return list;
    });
    this.list = list!;
  }

  hold(away: boolean): void {
    if (away) this.held ??= this.fresh.map(({ id }) => id);
    else this.held = null;
  }

  async step(by: 1 | -1): Promise<void> {
    const ids = this.shown.rows.map(({ id }) => id);
    this.selectedId = beside(ids, { index: ids.indexOf(this.selectedId), isThere: true }, by) ?? this.selectedId;
    await tick();
    this.list.reveal(this.selectedId);
  }
}

const row = (index: number) => page.getByRole('link', { name: `Customer ${index} `, exact: false }).first();
const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
const topOf = (name: string) =>
  [...document.querySelectorAll('[data-conversation]')]
    .find((link) => link.getAttribute('data-conversation') === name)
    ?.getBoundingClientRect().top;

test('renders few rows of 10 000, and keeps the selection visible', async () => {
  const shown = new Shown();
  await expect.element(row(0)).toBeInTheDocument();
  await painted();
  const took: number[] = [];
  for (let press = 0; press < 40; press += 1) {
    const start = performance.now();
    await shown.step(1);
    await painted();
    took.push(performance.now() - start);
  }
  await painted();
  expect(document.querySelectorAll('[data-conversation]').length).toBeLessThan(60);
  expect(document.querySelector('[data-conversation]')?.closest('li')?.getAttribute('aria-setsize')).toBe('10000');
  const selected = document.querySelector('[aria-current=true]');
  expect(selected?.getAttribute('data-conversation')).toBe('conversation-40');
  const scroller = selected!.closest('.overflow-y-auto')!.getBoundingClientRect();
  const box = selected!.getBoundingClientRect();
  expect(box.top).toBeGreaterThanOrEqual(scroller.top - 1);
  expect(box.bottom).toBeLessThanOrEqual(scroller.bottom + 1);
  const sorted = took.toSorted((a, b) => a - b);
  console.log(
    `keypress to paint in a list of ${MANY}: p50 ${sorted[20]?.toFixed(1)} ms, p95 ${sorted[38]?.toFixed(1)} ms (goal ${GOAL_MS} ms)`,
  );
});

test('counts newer conversations while someone reads further down, without moving rows', async () => {
  const shown = new Shown();
  await expect.element(row(0)).toBeInTheDocument();
  await painted();
  document.querySelector('.overflow-y-auto')!.scrollTop = 4_000;
  await expect.poll(() => shown.held !== null).toBe(true);
  await painted();
  await painted();
  const read = document.querySelectorAll('[data-conversation]')[8]!.getAttribute('data-conversation')!;
  const before = topOf(read);
  const [last, rest] = [shown.fresh.at(-1)!, shown.fresh.slice(0, -1)];
  shown.fresh = [named(MANY), last, ...rest];
  await painted();
  expect(topOf(read)).toBe(before);
  const pill = page.getByRole('button', { name: '2 new' });
  await expect.element(pill).toBeVisible();
  await pill.click();
  await expect.poll(() => document.querySelector('.overflow-y-auto')!.scrollTop).toBe(0);
  await expect.poll(() => topOf(`conversation-${MANY}`)).toBeDefined();
  // By keyboard one goes on from there, not from the top of the page.
  expect(document.activeElement).toBe(document.querySelector('.overflow-y-auto'));
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => document.activeElement?.getAttribute('data-conversation')).toBe(`conversation-${MANY}`);
});
