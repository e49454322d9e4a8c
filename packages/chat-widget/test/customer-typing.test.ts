import { expect, test } from 'vitest';
import { CustomerTyping } from '../src/core/customer-typing.ts';
import { roomFor } from '../src/core/text-room.ts';
import { wordsOf } from '../src/core/words.ts';

function writer() {
  const reports: string[] = [];
  let now = 0;
  let due: { at: number; act: () => void } | null = null;
  const typing = new CustomerTyping({
    now: () => now,
    report: (isTyping) => reports.push(`${now} ${isTyping ? 'types' : 'stops'}`),
    after: (ms, act) => {
      due = { at: now + ms, act };
      return () => (due = null);
    },
  });
  const pass = (ms: number) => {
    now += ms;
    if (due && due.at <= now) due.act();
  };
  return { typing, reports, pass };
}

test('reports the first keystroke at once, more every 3 s, and the pause', () => {
  const { typing, reports, pass } = writer();
  for (let key = 0; key < 8; key += 1) {
    typing.touched('text');
    pass(1_000);
  }
  pass(5_000);
  expect(reports).toEqual(['0 types', '3000 types', '6000 types', '13000 stops']);
});

test('stops when the field is emptied; a sent message needs no stop', () => {
  const { typing, reports, pass } = writer();
  typing.touched('text');
  typing.touched(' ');
  typing.touched('text');
  typing.forget();
  pass(10_000);
  expect(reports).toEqual(['0 types', '0 stops', '0 types']);
});

test('counts characters like the server', () => {
  expect(roomFor('')).toBe(10_000);
  expect(roomFor('😀'.repeat(10_000))).toBe(0);
  expect(roomFor('a'.repeat(10_001))).toBe(-1);
});

test('speaks Spanish to every Spanish page, English to all others', () => {
  expect(['es', 'es-MX', 'ES', 'en', 'est', 'de', ''].map((language) => wordsOf(language).send)).toEqual([
    'Enviar',
    'Enviar',
    'Enviar',
    'Send',
    'Send',
    'Send',
    'Send',
  ]);
});
