import { flushSync, mount } from 'svelte';
import type { Message, SendMessage } from '@baton/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Answer } from '../../api/request.ts';
import { messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { mounted } from '../../testing/mounted.ts';
import Composer from './Composer.svelte';
import { ComposerState } from './composer.svelte.ts';
import type { ComposerHost } from './composer.svelte.ts';
import { DraftStore } from './draft-store.ts';

const away: Answer<Message> = {
  ok: false,
  problem: { type: 'about:blank', status: 503, code: 'unavailable', title: 'Away' },
  retryAfterMs: 1,
};

/** The conversation around a composer, with its messages and its server in our hands. */
class FakeHost implements ComposerHost {
  readonly conversationId = 'conversation';
  readonly meId = 'me';
  messages = $state.raw<Message[]>([messageOf({ seq: 1 })]);
  loaded = true;
  caughtUp = $state(true);
  clock = 0;
  undoMs = 0;
  comeBacks = 0;
  readonly typed: { at: number; typing: boolean; note: boolean }[] = [];
  readonly bodies: SendMessage[] = [];
  readonly answers: Answer<Message>[] = [];
  /** Answers wait for it. */
  open: Promise<void> = Promise.resolve();

  get seenSeq(): number {
    return this.messages.length;
  }
  typing(typing: boolean, note: boolean): void {
    this.typed.push({ at: this.clock, typing, note });
  }
  async send(body: SendMessage): Promise<Answer<Message>> {
    this.bodies.push(body);
    await this.open;
    return this.answers.shift() ?? { ok: true, data: messageOf({ seq: this.messages.length + 1, text: body.text }) };
  }
  cameBack(): void {
    this.comeBacks += 1;
  }
  now(): number {
    return this.clock;
  }
  arrives(author: Message['author']): void {
    this.messages = [...this.messages, messageOf({ seq: this.messages.length + 1, author })];
    flushSync();
  }
}

function atWork(onleave: () => void = () => undefined): {
  host: FakeHost;
  composer: ComposerState;
  field: ReturnType<typeof page.getByRole>;
} {
  const host = new FakeHost();
  const composer = new ComposerState(host, new DraftStore(sessionStorage, 'me'));
  const quiet = (): void => undefined;
  const props = { composer, customerName: 'Ada', onreview: quiet, onleave };
  mounted((target) => mount(Composer, { target, props }));
  return { host, composer, field: page.getByRole('textbox') };
}

beforeEach(() => sessionStorage.clear());

describe('composer', () => {
  test('[HOLD-3] [HOLD-4] the first keystroke is told at once, renewals at most every 3 s, and emptying stops it', async () => {
    const { host, composer, field } = atWork();
    await userEvent.type(field, 'Hello');
    expect(host.typed).toEqual([{ at: 0, typing: true, note: false }]);
    host.clock = 2_900;
    composer.tick();
    host.clock = 3_000;
    composer.tick();
    expect(host.typed.map(({ at }) => at)).toEqual([0, 3_000]);
    await userEvent.clear(field);
    expect(host.typed.at(-1)).toEqual({ at: 3_000, typing: false, note: false });
  });

  test('[HOLD-4] switching to a note stops the typing at once, and a note is never reported as a reply', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'H');
    await page.getByRole('radio', { name: 'Note' }).click();
    expect(host.typed.at(-1)).toEqual({ at: 0, typing: false, note: false });
    await userEvent.type(field, 'i');
    expect(host.typed.at(-1)).toEqual({ at: 0, typing: true, note: true });
  });

  test('[SEND-7] Enter sends with the last seq seen, Shift+Enter makes a line', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toMatchObject([{ text: 'one\ntwo', lastSeenSeq: 1 }]);
  });

  test('[SEND-7] a reply that lands while one writes turns Send into Review 1 new reply', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'Hello');
    host.arrives({ kind: 'teammate', id: 'ben', name: 'Ben' });
    await userEvent.type(field, '{Enter}');
    expect(host.bodies).toEqual([]);
    await expect.element(page.getByRole('button', { name: 'Send' })).toBeVisible();
    await userEvent.type(field, '{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toMatchObject([{ text: 'Hello', lastSeenSeq: 2 }]);
  });

  test('[SEND-7] the customer writing on, or a note of the team, holds no reply up', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'Hello');
    host.arrives({ kind: 'customer', id: null, name: 'Ada' });
    await userEvent.type(field, '{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toMatchObject([{ lastSeenSeq: 2 }]);
  });

  test('[SEND-6] a message goes out under one id, however often it has to be tried', async () => {
    const { host, field } = atWork();
    host.answers.push(away, away);
    await userEvent.type(field, 'Hello{Enter}');
    await expect.poll(() => host.bodies.length).toBe(3);
    await expect.element(field).toHaveValue('');
    expect(new Set(host.bodies.map(({ clientMessageId }) => clientMessageId)).size).toBe(1);
  });

  test('Escape leaves the field for where the screen wants the focus, and what was written stays', async () => {
    let left = 0;
    const { field } = atWork(() => (left += 1));
    await userEvent.type(field, 'Hello{Escape}');
    expect(left).toBe(1);
    await expect.element(field).toHaveValue('Hello');
  });

  test('what is typed while a message is on its way is the next one', async () => {
    const { host, composer, field } = atWork();
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    await userEvent.type(field, 'First{Enter}Second');
    await expect.element(field).toHaveValue('Second');
    door.resolve();
    await expect.poll(() => composer.phase).toBe('writing');
    await userEvent.type(field, '{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies.map(({ text }) => text)).toEqual(['First', 'Second']);
  });

  test('a message that is refused stands in the field again, before what was typed since', async () => {
    const { host, field } = atWork();
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    const problem = { type: 'about:blank', status: 422, code: 'invalid', title: 'Not valid' } as const;
    host.answers.push({ ok: false, problem, retryAfterMs: null });
    await userEvent.type(field, 'First{Enter}Second');
    door.resolve();
    await expect.element(field).toHaveValue('First\n\nSecond');
  });

  test('[SEE-3] sending waits until the inbox has caught up', async () => {
    const { host, composer, field } = atWork();
    host.caughtUp = false;
    await userEvent.type(field, 'Hello{Enter}');
    await expect.element(page.getByText('Waiting for the connection…')).toBeVisible();
    expect(host.bodies).toEqual([]);
    host.caughtUp = true;
    composer.sendIfPossible();
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toHaveLength(1);
  });

  test('[SEND-8] for 5 s after Send the message is still a lease of its writer, renewed, and can be undone', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    await userEvent.type(field, 'Hello{Enter}');
    await expect.element(page.getByRole('timer')).toHaveTextContent('Sends in 5 s');
    await expect.element(field).toHaveValue('');
    for (host.clock = 500; host.clock < 5_000; host.clock += 500) composer.tick();
    expect(host.bodies).toEqual([]);
    expect(host.typed).toEqual([
      { at: 0, typing: true, note: false },
      { at: 3_000, typing: true, note: false },
    ]);
    await page.getByRole('button', { name: 'Undo' }).click();
    host.clock = 60_000;
    composer.tick();
    expect(host.bodies).toEqual([]);
    await expect.element(field).toHaveValue('Hello');
  });

  test('[SEND-8] when the time for undoing is over, or one leaves, the message goes out', async () => {
    for (const end of ['time', 'leave'] as const) {
      const { host, composer, field } = atWork();
      host.undoMs = 5_000;
      await userEvent.type(field.last(), 'Hello{Enter}');
      host.clock = 5_000;
      if (end === 'time') composer.tick();
      else composer.leave();
      await expect.poll(() => host.bodies.length).toBe(1);
    }
  });

  test('[SEND-8] Ctrl+Z in the empty field takes back what is held, before what was written since', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    await userEvent.type(field, 'Hello{Enter}{Control>}z{/Control}');
    await expect.element(field).toHaveValue('Hello');
    await userEvent.type(field, '{Enter}And more');
    composer.cancel();
    await expect.element(field).toHaveValue('Hello\n\nAnd more');
    expect(host.bodies).toEqual([]);
  });

  test('[SEND-5] [SEND-8] the next reply sends the one before it, and each goes out once and in order', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    await userEvent.type(field, 'One{Enter}Two{Enter}Three{Enter}');
    expect(composer.pending.map(({ text, stage }) => [text, stage])).toEqual([
      ['One', 'sending'],
      ['Two', 'waiting'],
      ['Three', 'held'],
    ]);
    door.resolve();
    await expect.poll(() => host.bodies.map(({ text }) => text)).toEqual(['One', 'Two']);
    host.clock = 5_000;
    composer.tick();
    await expect.poll(() => host.bodies.map(({ text }) => text)).toEqual(['One', 'Two', 'Three']);
  });

  test('[SEND-7] [SEND-8] a reply by another that lands in those 5 s brings it back to be reviewed', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    await userEvent.type(field, 'Hello{Enter}');
    host.arrives({ kind: 'teammate', id: 'ben', name: 'Ben' });
    composer.tick();
    await expect.element(field).toHaveValue('Hello');
    await expect.element(page.getByRole('button', { name: 'Review 1 new reply' })).toBeVisible();
    expect(host.bodies).toEqual([]);
  });

  test('a note typed while a reply is on its way stays a note, and is saved after it', async () => {
    const { host, composer, field } = atWork();
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    await userEvent.type(field, 'Hello{Enter}');
    composer.setNote(true);
    await userEvent.type(field, 'Paid twice{Enter}');
    door.resolve();
    await expect.poll(() => host.bodies).toMatchObject([{ text: 'Hello' }, { text: 'Paid twice', note: true }]);
    expect(host.bodies[0]).not.toHaveProperty('note');
  });

  test('a reply that comes back while a note is being written never makes a reply of the note', async () => {
    const { host, composer, field } = atWork();
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    host.answers.push({
      ok: false,
      problem: { type: 'about:blank', status: 422, code: 'invalid', title: 'No' },
      retryAfterMs: null,
    });
    await userEvent.type(field, 'Hello{Enter}');
    composer.setNote(true);
    await userEvent.type(field, 'Secret');
    door.resolve();
    await expect.element(field).toHaveValue('Hello\n\nSecret');
    expect(composer.note).toBe(true);
  });

  test('what is refused after one has left is told, and waits in the draft', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    host.answers.push({
      ok: false,
      problem: { type: 'about:blank', status: 422, code: 'invalid', title: 'No' },
      retryAfterMs: null,
    });
    await userEvent.type(field, 'Hello{Enter}');
    composer.leave();
    await expect.poll(() => host.comeBacks).toBe(1);
    expect(new ComposerState(new FakeHost(), new DraftStore(sessionStorage, 'me')).text).toBe('Hello');
  });

  test('what was not sent is still there when one comes back to the conversation', async () => {
    const { composer, field } = atWork();
    await userEvent.type(field, 'Half a thou');
    composer.leave();
    expect(new ComposerState(new FakeHost(), new DraftStore(sessionStorage, 'me')).text).toBe('Half a thou');
    expect(new ComposerState(new FakeHost(), new DraftStore(sessionStorage, 'ben')).text).toBe('');
  });
});
