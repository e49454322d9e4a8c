import type { KnowledgeEntry } from '@baton/protocol';
import { buildKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';

/** A workspace's knowledge base, wherever it is kept. */
export interface KnowledgeSource {
  /** Anything that differs after every edit, and is cheap to ask. */
  knowledgeVersion(): Promise<string>;
  loadKnowledge(): Promise<KnowledgeEntry[]>;
}

/** The searchable knowledge base of one workspace; keep one per workspace and share it between its agents. */
export interface Knowledge {
  /** Built anew only when the version has changed. @throws what the source throws */
  current(): Promise<KnowledgeIndex>;
}

export function createKnowledge(source: KnowledgeSource): Knowledge {
  let cached: { version: string; index: Promise<KnowledgeIndex> } | undefined;

  return {
    async current() {
      // Asked before loading: an edit in between is loaded already, and only causes one more load.
      const version = await source.knowledgeVersion();
      if (cached?.version === version) return cached.index;
      const building = { version, index: source.loadKnowledge().then(buildKnowledgeIndex) };
      cached = building;
      try {
        return await building.index;
      } catch (error) {
        if (cached === building) cached = undefined;
        throw error;
      }
    },
  };
}
