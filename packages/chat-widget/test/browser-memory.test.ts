import { expect, test } from 'vitest';
import { BrowserMemory } from '../src/connection/browser-memory.ts';

/** Storage as in browsers; `isFull` makes it reject writes. */
class FakeStorage implements Storage {
  readonly #kept = new Map<string, string>();
  isFull = false;
  get length() {
    return this.#kept.size;
  }
  key(index: number) {
    return [...this.#kept.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.#kept.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.isFull) throw new Error('quota exceeded');
    this.#kept.set(key, value);
  }
  removeItem(key: string) {
    this.#kept.delete(key);
  }
  clear() {
    this.#kept.clear();
  }
}

const SERVER = 'https://inbox.example';
const message = (clientMessageId: string, writtenAt: number) => ({
  clientMessageId,
  text: `text of ${clientMessageId}`,
  writtenAt,
  refused: false,
});

test('keeps one queue per chat, shared by tabs', () => {
  const storage = new FakeStorage();
  const [one, two] = [new BrowserMemory(storage, SERVER, 'a'), new BrowserMemory(storage, SERVER, 'a')];
  const other = new BrowserMemory(storage, SERVER, 'b');
  two.keep(message('later', 2));
  one.keep(message('first', 1));
  one.token = 'token';
  expect(two.outgoing()).toEqual([message('first', 1), message('later', 2)]);
  expect([two.token, other.token, other.outgoing()]).toEqual(['token', null, []]);
  one.forget('first');
  expect(two.outgoing()).toEqual([message('later', 2)]);
});

test('keeps values in memory when storage is missing or full', () => {
  const full = new FakeStorage();
  full.isFull = true;
  for (const storage of [null, full]) {
    const memory = new BrowserMemory(storage, SERVER, 'a');
    memory.token = 'token';
    memory.seenSeq = 7;
    memory.name = 'Ada';
    expect([memory.token, memory.seenSeq, memory.name]).toEqual(['token', 7, 'Ada']);
    memory.token = null;
    expect(memory.token).toBe(null);
  }
});

test('ignores foreign values in storage', () => {
  const storage = new FakeStorage();
  const memory = new BrowserMemory(storage, SERVER, 'a');
  for (const [index, junk] of [
    '',
    'null',
    '[]',
    '{"text":1}',
    '{"text":"a","writtenAt":"b","refused":false}',
  ].entries())
    storage.setItem(`${memory.prefix}out:${index}`, junk);
  storage.setItem(`${memory.prefix}seen`, '-3.5');
  expect([memory.outgoing(), memory.seenSeq]).toEqual([[], 0]);
});
