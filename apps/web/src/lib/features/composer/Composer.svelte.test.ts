import { flushSync, mount } from 'svelte';
import type { Message, SendMessage } from '@baton/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Answer } from '@baton/client';
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
  test('[HOLD-3] [HOLD-4] reports the first keystroke immediately, renews every 3 s, stops when emptied', async () => {
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

  test('[HOLD-4] stops typing on switching to a note, and reports notes as notes', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'H');
    await page.getByRole('radio', { name: 'Note' }).click();
    expect(host.typed.at(-1)).toEqual({ at: 0, typing: false, note: false });
    await userEvent.type(field, 'i');
    expect(host.typed.at(-1)).toEqual({ at: 0, typing: true, note: true });
  });

  test('[SEND-7] sends the last seen seq on Enter, adds a line on Shift+Enter', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toMatchObject([{ text: 'one\ntwo', lastSeenSeq: 1 }]);
  });

  test('[SEND-7] turns Send into Review when another reply arrives', async () => {
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

  test('[SEND-7] does not ask to review customer messages or notes', async () => {
    const { host, field } = atWork();
    await userEvent.type(field, 'Hello');
    host.arrives({ kind: 'customer', id: null, name: 'Ada' });
    await userEvent.type(field, '{Enter}');
    await expect.element(field).toHaveValue('');
    expect(host.bodies).toMatchObject([{ lastSeenSeq: 2 }]);
  });

  test('[SEND-6] sends every attempt of a message under one id', async () => {
    const { host, field } = atWork();
    host.answers.push(away, away);
    await userEvent.type(field, 'Hello{Enter}');
    await expect.poll(() => host.bodies.length).toBe(3);
    await expect.element(field).toHaveValue('');
    expect(new Set(host.bodies.map(({ clientMessageId }) => clientMessageId)).size).toBe(1);
  });

  test('leaves the field on Escape and keeps the text', async () => {
    let left = 0;
    const { field } = atWork(() => (left += 1));
    await userEvent.type(field, 'Hello{Escape}');
    expect(left).toBe(1);
    await expect.element(field).toHaveValue('Hello');
  });

  test('treats text typed during a send as the next message', async () => {
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

  test('puts a rejected message back before newer text', async () => {
    const { host, field } = atWork();
    const door = Promise.withResolvers<void>();
    host.open = door.promise;
    const problem = { type: 'about:blank', status: 422, code: 'invalid', title: 'Not valid' } as const;
    host.answers.push({ ok: false, problem, retryAfterMs: null });
    await userEvent.type(field, 'First{Enter}Second');
    door.resolve();
    await expect.element(field).toHaveValue('First\n\nSecond');
  });

  test('[SEE-3] waits with sending until the inbox has caught up', async () => {
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

  test('[SEND-8] renews the lease for 5 s after Send, and can undo', async () => {
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

  test('[SEND-8] sends when the undo time ends or the writer leaves', async () => {
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

  test('[SEND-8] undoes a held message on Ctrl+Z in the empty field', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    await userEvent.type(field, 'Hello{Enter}{Control>}z{/Control}');
    await expect.element(field).toHaveValue('Hello');
    await userEvent.type(field, '{Enter}And more');
    composer.cancel();
    await expect.element(field).toHaveValue('Hello\n\nAnd more');
    expect(host.bodies).toEqual([]);
  });

  test('[SEND-5] [SEND-8] releases a held reply with the next one, once and in order', async () => {
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

  test('[SEND-7] [SEND-8] returns a held reply for review when another reply arrives', async () => {
    const { host, composer, field } = atWork();
    host.undoMs = 5_000;
    await userEvent.type(field, 'Hello{Enter}');
    host.arrives({ kind: 'teammate', id: 'ben', name: 'Ben' });
    composer.tick();
    await expect.element(field).toHaveValue('Hello');
    await expect.element(page.getByRole('button', { name: 'Review 1 new reply' })).toBeVisible();
    expect(host.bodies).toEqual([]);
  });

  test('saves a note typed during a send after the reply, as a note', async () => {
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

  test('never turns a note into a reply when a reply returns', async () => {
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

  test('reports a rejection after leaving, and keeps the text as a draft', async () => {
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

  test('restores unsent text when the conversation is opened again', async () => {
    const { composer, field } = atWork();
    await userEvent.type(field, 'Half a thou');
    composer.leave();
    expect(new ComposerState(new FakeHost(), new DraftStore(sessionStorage, 'me')).text).toBe('Half a thou');
    expect(new ComposerState(new FakeHost(), new DraftStore(sessionStorage, 'ben')).text).toBe('');
  });
});
