import type { KnowledgeEntry } from '@baton/protocol';
import MiniSearch from 'minisearch';
import { termsOf } from './words.ts';

export interface KnowledgeIndex {
  /** The entry that answers the question, or null if none is certain. */
  answerTo(question: string): KnowledgeEntry | null;
}

/** Minimum share of the asked terms that the entry covers, and of the entry's own question that was asked. */
const MIN_ASKED_SHARE = 0.55;
const MIN_ENTRY_SHARE = 0.3;
/** A single word must cover more of the entry. */
const MIN_ENTRY_SHARE_OF_ONE_WORD = 0.45;
/** Term weights assume at least this many entries: in a base of two every word would be rare. */
const MIN_ENTRIES = 20;
/** Limits the work per message. */
const MAX_TERMS = 30;
const CANDIDATES = 10;

/**
 * MiniSearch finds and ranks candidates. Coverage decides whether the best one is an answer; each term weighs by its
 * rarity in the knowledge base, and a word that no entry has weighs most.
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
      const candidates = search
        .search(asked.join(' '))
        .slice(0, CANDIDATES)
        .flatMap((candidate) => {
          const entry = byId.get(String(candidate.id));
          if (entry === undefined) return [];
          const inQuestion = candidate.terms.filter((term) => candidate.match[term]?.includes('question'));
          const ofAsked = weigh(candidate.queryTerms) / weigh(asked);
          const ofEntry = weigh(inQuestion) / Math.max(weigh(termsOf(entry.question)), Number.EPSILON);
          const sure =
            ofAsked >= MIN_ASKED_SHARE && ofEntry >= (asked.length > 1 ? MIN_ENTRY_SHARE : MIN_ENTRY_SHARE_OF_ONE_WORD);
          // The entry has all of several asked words, though in its answer.
          const inAnswer = ofAsked > 0.99 && candidate.queryTerms.length > 1;
          return sure || inAnswer ? [{ entry, sureness: ofAsked + ofEntry, score: candidate.score }] : [];
        });
      candidates.sort((a, b) => b.sureness - a.sureness || b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
      return candidates[0]?.entry ?? null;
    },
  };
}

/** The total weight of terms: the inverse document frequency of each, as in BM25. */
function weigher(entries: readonly KnowledgeEntry[]): (terms: readonly string[]) => number {
  const count = new Map<string, number>();
  for (const { question, answer } of entries) {
    for (const term of new Set([...termsOf(question), ...termsOf(answer)])) count.set(term, (count.get(term) ?? 0) + 1);
  }
  const total = Math.max(entries.length, MIN_ENTRIES);
  return (terms) => {
    let sum = 0;
    for (const term of new Set(terms)) {
      const having = count.get(term) ?? 0;
      sum += Math.log(1 + (total - having + 0.5) / (having + 0.5));
    }
    return sum;
  };
}
