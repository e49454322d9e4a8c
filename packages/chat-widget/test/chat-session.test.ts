import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatSession } from '../src/core/chat-session.ts';
import { EMPTY_CHAT, unread, type Chat } from '../src/core/chat.ts';
import { ChatServer, Memory, settled } from './chat-server.ts';

const REFUSED = 'refused';

/** One browser with up to two tabs, and the business that answers. */
class Browser {
  readonly memory = new Memory();
  readonly server = new ChatServer((text) => text.startsWith(REFUSED));
  readonly written: string[] = [];
  tabs: { session: ChatSession; shown: Chat }[] = [];
  /** The violations found so far. */
  readonly broken: string[] = [];

  open(): void {
    if (this.tabs.length === 2) return;
    const tab: (typeof this.tabs)[number] = {
      session: new ChatSession(this.server.ports(this.memory), (chat) => {
        this.#check(chat);
        tab.shown = chat;
      }),
      shown: EMPTY_CHAT,
    };
    tab.shown = tab.session.chat;
    this.tabs.push(tab);
    tab.session.start();
  }

  close(index: number): void {
    this.tabs[index]?.session.close();
    this.tabs.splice(index, 1);
  }

  write(index: number, text: string): void {
    const tab = this.tabs[index];
    if (!tab) return;
    this.written.push(text);
    tab.session.write(text);
  }

  async settle(): Promise<void> {
    this.server.isUp = true;
    // Until no event is left, or only events that repeat for ever.
    for (let step = 0; step < 600 && this.server.pending > 0; step += 1) await this.server.happen(step);
  }

  #check({ messages, outgoing }: Chat): void {
    const seqs = messages.map(({ seq }) => seq);
    if (seqs.some((seq, index) => index > 0 && seq <= (seqs[index - 1] ?? 0)))
      this.broken.push(`order: ${seqs.join()}`);
    const both = messages.filter(({ clientMessageId: id }) => outgoing.some((one) => one.clientMessageId === id));
    if (both.length > 0) this.broken.push(`shown twice: ${both.map(({ text }) => text).join()}`);
  }
}

const tab = fc.nat(1);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('happen' as const), choice: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), tab, refused: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time out' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('see' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remember' as const), tab }) },
);

async function play(browser: Browser, steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  for (const [index, one] of steps.entries()) {
    switch (one.do) {
      case 'happen':
        await browser.server.happen(one.choice);
        break;
      case 'write':
        browser.write(one.tab, one.refused && index % 3 === 0 ? `${REFUSED} ${index}` : `text ${index}`);
        break;
      case 'say':
        if (browser.server.visitors > 0) browser.server.say(`answer ${index}`);
        break;
      case 'cut':
        browser.server.cut();
        break;
      case 'back':
        browser.server.isUp = true;
        break;
      case 'time out':
        browser.server.timeOut();
        break;
      case 'open':
        browser.open();
        break;
      case 'close':
        browser.close(one.tab);
        break;
      case 'see':
        browser.tabs[one.tab]?.session.see();
        break;
      case 'remember':
        browser.tabs[one.tab]?.session.syncFromMemory();
        break;
    }
    await settled();
  }
}

test('[SEND-6] [SEE-3] ends with the server’s history, each text once, after any order of events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const browser = new Browser();
      browser.open();
      await play(browser, steps);
      // The last page finds every queued message.
      while (browser.tabs.length > 0) browser.close(0);
      browser.open();
      await browser.settle();

      const sendable = browser.written.filter((text) => !text.startsWith(REFUSED));
      const stored = browser.server.messages.filter(({ from }) => from.kind === 'customer').map(({ text }) => text);
      expect(stored.toSorted()).toEqual(sendable.toSorted());
      expect(browser.broken).toEqual([]);
      expect(browser.tabs[0]?.shown.messages).toEqual(browser.server.messages);
      expect(browser.tabs[0]?.shown.outgoing.filter(({ refused }) => !refused)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('[SEND-5] keeps the order of one tab’s texts over lost connections and reloads', async () => {
  const alone = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('happen' as const), choice: fc.nat(9) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('write' as const), tab: fc.constant(0), refused: fc.constant(false) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('time out' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(alone, { maxLength: 60 }), async (steps) => {
      const browser = new Browser();
      browser.open();
      for (const [index, one] of steps.entries()) {
        if (one.do === 'reload') {
          browser.close(0);
          browser.open();
        } else if (one.do === 'write') browser.write(0, `text ${index}`);
        else await play(browser, [one]);
        await settled();
      }
      await browser.settle();
      const stored = browser.server.messages.map(({ text }) => text);
      expect(stored).toEqual(browser.written);
    }),
    { numRuns: 1_000 },
  );
});

test('makes no request before the customer writes', () => {
  const browser = new Browser();
  browser.open();
  expect(browser.server.pending).toBe(0);
});

test('starts a new chat after the end, with the unsent texts', async () => {
  const browser = new Browser();
  browser.open();
  const session = browser.tabs[0]!.session;
  browser.write(0, 'first');
  await browser.settle();
  browser.server.cut();
  browser.write(0, 'second');
  session.startAnew();
  expect(session.chat.messages).toEqual([]);
  await browser.settle();
  expect(browser.server.visitors).toBe(2);
  expect(session.chat.outgoing).toEqual([]);
});

test('counts messages as unread until this tab or another shows them', async () => {
  const browser = new Browser();
  browser.open();
  browser.write(0, 'hello');
  await browser.settle();
  browser.open();
  await browser.settle();
  browser.server.say('one');
  browser.server.say('two');
  await browser.settle();
  const counts = () => browser.tabs.map(({ session }) => unread(session.chat));
  expect(counts()).toEqual([2, 2]);
  browser.tabs[0]?.session.see();
  browser.tabs[1]?.session.syncFromMemory();
  expect(counts()).toEqual([0, 0]);
  browser.server.say('three');
  await browser.settle();
  expect(counts()).toEqual([1, 1]);
});

test('keeps a rejected message until it is discarded, and sends the next ones', async () => {
  const browser = new Browser();
  browser.open();
  browser.write(0, REFUSED);
  browser.write(0, 'fine');
  await browser.settle();
  const { session } = browser.tabs[0]!;
  expect(session.chat.messages.map(({ text }) => text)).toEqual(['fine']);
  expect(session.chat.outgoing.map(({ text, refused }) => [text, refused])).toEqual([[REFUSED, true]]);
  session.discard(session.chat.outgoing[0]!.clientMessageId);
  expect(browser.memory.outgoing()).toEqual([]);
});
