import type { KnowledgeEntry } from '@baton/protocol';
import MiniSearch from 'minisearch';
import { termsOf } from './words.ts';

export interface KnowledgeIndex {
  /** The entry that answers the question, or null when none surely does. */
  answerTo(question: string): KnowledgeEntry | null;
}

/** Share of what was asked that the entry speaks of, and of the entry's own question that was asked. */
const LEAST_ASKED = 0.55;
const LEAST_ENTRY = 0.3;
/** One word says little: it must be much of what the entry is about. */
const LEAST_ENTRY_BY_ONE_WORD = 0.45;
/** Rarity is judged as if there were at least so many entries: in a base of two every word is rare. */
const LEAST_ENTRIES = 20;
/** Bounds the work that one message can cause. */
const MAX_TERMS = 30;
const CANDIDATES = 10;

/**
 * MiniSearch finds candidates, but its scores only rank. Whether the best is an answer is judged by coverage, each
 * term weighted by how rare it is in the knowledge base: a word that no entry knows weighs most of all.
 */
export function buildKnowledgeIndex(entries: readonly KnowledgeEntry[]): KnowledgeIndex {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const search = new MiniSearch({
    fields: ['question', 'answer'],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { question: 3 },
      tokenize: (terms) => terms.split(' '),
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length > 5 ? 1 : false),
    },
  });
  search.addAll([...byId.values()]);
  const weigh = weigher(entries);

  return {
    answerTo(question) {
      const asked = termsOf(question).slice(0, MAX_TERMS);
      if (asked.length === 0) return null;
      const judged = search
        .search(asked.join(' '))
        .slice(0, CANDIDATES)
        .flatMap((candidate) => {
          const entry = byId.get(String(candidate.id));
          if (entry === undefined) return [];
          const inQuestion = candidate.terms.filter((term) => candidate.match[term]?.includes('question'));
          const ofAsked = weigh(candidate.queryTerms) / weigh(asked);
          const ofEntry = weigh(inQuestion) / Math.max(weigh(termsOf(entry.question)), Number.EPSILON);
          const sure = ofAsked >= LEAST_ASKED && ofEntry >= (asked.length > 1 ? LEAST_ENTRY : LEAST_ENTRY_BY_ONE_WORD);
          // All of several words that were asked are in the entry, though in its answer.
          const inAnswer = ofAsked > 0.99 && candidate.queryTerms.length > 1;
          return sure || inAnswer ? [{ entry, sureness: ofAsked + ofEntry, score: candidate.score }] : [];
        });
      judged.sort((a, b) => b.sureness - a.sureness || b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
      return judged[0]?.entry ?? null;
    },
  };
}

/** The weight of some terms together: the inverse document frequency of each, as BM25 has it. */
function weigher(entries: readonly KnowledgeEntry[]): (terms: readonly string[]) => number {
  const count = new Map<string, number>();
  for (const { question, answer } of entries) {
    for (const term of new Set([...termsOf(question), ...termsOf(answer)])) count.set(term, (count.get(term) ?? 0) + 1);
  }
  const total = Math.max(entries.length, LEAST_ENTRIES);
  return (terms) => {
    let sum = 0;
    for (const term of new Set(terms)) {
      const having = count.get(term) ?? 0;
      sum += Math.log(1 + (total - having + 0.5) / (having + 0.5));
    }
    return sum;
  };
}
