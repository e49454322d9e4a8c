import { describe, expect, it } from 'vitest';
import type { KnowledgeEntry } from '@baton/protocol';
import { createKnowledge } from '../src/faq/knowledge.ts';
import { buildKnowledgeIndex } from '../src/faq/knowledge-index.ts';
import { SHOP } from './knowledge-fixture.ts';

const KNOWN: [asked: string, entry: string][] = [
  ['What are your opening hours?', 'What are your opening hours?'],
  ['opening hours', 'What are your opening hours?'],
  ['what time do you open?', 'What are your opening hours?'],
  ['when are you open on monday', 'What are your opening hours?'],
  ['OPENNING HOURS PLEASE', 'What are your opening hours?'],
  ['delivery time', 'How long does delivery take?'],
  ['how much is shipping?', 'How much does shipping cost?'],
  ['how do I return it', 'Can I return an item?'],
  ['returning items', 'Can I return an item?'],
  ['where is my order?', 'How do I track my order?'],
  ['track my parcel', 'How do I track my order?'],
  ['I forgot my password', 'How do I reset my password?'],
  ['where are you?', 'Where are you?'],
  ['Los productos, ¿tienen garantía?', '¿Tienen garantía los productos?'],
  ['garantia', '¿Tienen garantía los productos?'],
  ['quiero cancelar el pedido', '¿Cómo puedo cancelar mi pedido?'],
  ['¿me podéis hacer una factura?', '¿Hacéis factura?'],
];

const UNKNOWN = [
  'do you sell pizza?',
  'what is the meaning of life',
  'my order arrived broken',
  'I was charged twice',
  'my delivery driver was rude',
  'I ordered a blue shirt but got a red one',
  'can you change my delivery address',
  'I want to return to the old version of the app',
  'how much does the blue shirt cost?',
  'can you open a bank account for me',
  'reset my order',
  'who are you?',
  '12345',
  '¿Tenéis tallas grandes?',
  '¿Dónde está mi pedido?',
  'no funciona el producto',
  '你好吗',
  'constructor __proto__ toString',
  '?',
  '',
];

describe('answers of the knowledge base', () => {
  const index = buildKnowledgeIndex(SHOP);

  it.each(KNOWN)('answers "%s" with "%s"', (asked, entry) => {
    expect(index.answerTo(asked)?.question).toBe(entry);
  });

  it.each(UNKNOWN)('gives no answer to "%s"', (asked) => {
    expect(index.answerTo(asked)).toBeNull();
  });

  it('answers the question of every entry', () => {
    expect(SHOP.map((entry) => index.answerTo(entry.question))).toEqual(SHOP);
  });

  it('does not depend on the order of the entries', () => {
    const twins = [...SHOP, { ...SHOP[0]!, id: '00000000-0000-7000-8000-0000000000ff' }];
    const reversed = buildKnowledgeIndex(twins.toReversed());
    expect(reversed.answerTo('opening hours')).toEqual(buildKnowledgeIndex(twins).answerTo('opening hours'));
  });

  it('answers nothing without entries', () => {
    expect(buildKnowledgeIndex([]).answerTo('opening hours')).toBeNull();
  });

  it('answers from a single entry', () => {
    const alone = buildKnowledgeIndex([SHOP[0]!]);
    expect(alone.answerTo('when do you open on Sundays?')).toBeNull();
    expect(alone.answerTo('what are your opening hours?')).toEqual(SHOP[0]);
    expect(alone.answerTo('do you sell pizza?')).toBeNull();
  });
});

describe('the index of a knowledge base', () => {
  function source(entries: KnowledgeEntry[]) {
    return {
      entries,
      version: 1,
      loads: 0,
      async knowledgeVersion() {
        return String(this.version);
      },
      async loadKnowledge() {
        this.loads += 1;
        return this.entries;
      },
    };
  }

  it('is built once per version, also for concurrent callers', async () => {
    const base = source(SHOP);
    const knowledge = createKnowledge(base);
    await Promise.all([knowledge.current(), knowledge.current(), knowledge.current()]);
    await knowledge.current();
    expect(base.loads).toBe(1);
  });

  it('is rebuilt after an edit', async () => {
    const base = source([SHOP[0]!]);
    const knowledge = createKnowledge(base);
    expect((await knowledge.current()).answerTo('garantia')).toBeNull();
    base.entries = SHOP;
    base.version += 1;
    expect((await knowledge.current()).answerTo('garantia')).not.toBeNull();
    expect(base.loads).toBe(2);
  });

  it('loads again after a failed load', async () => {
    const base = source(SHOP);
    const broken = { ...base, loadKnowledge: () => Promise.reject(new Error('away')) };
    let away = true;
    const knowledge = createKnowledge({
      knowledgeVersion: () => base.knowledgeVersion(),
      loadKnowledge: () => (away ? broken.loadKnowledge() : base.loadKnowledge()),
    });
    await expect(knowledge.current()).rejects.toThrow('away');
    away = false;
    expect((await knowledge.current()).answerTo('opening hours')).toEqual(SHOP[0]);
  });
});
