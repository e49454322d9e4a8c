import type { KnowledgeEntry } from '@baton/protocol';
import { buildKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';

/** The store of a workspace's knowledge base. */
export interface KnowledgeSource {
  /** Differs after every edit, and is cheap to read. */
  knowledgeVersion(): Promise<string>;
  loadKnowledge(): Promise<KnowledgeEntry[]>;
}

/** The searchable knowledge base of one workspace, shared by its agents. */
export interface Knowledge {
  /** Rebuilt only when the version has changed. @throws the source's errors */
  current(): Promise<KnowledgeIndex>;
}

export function createKnowledge(source: KnowledgeSource): Knowledge {
  let cached: { version: string; index: Promise<KnowledgeIndex> } | undefined;

  return {
    async current() {
      // Read before loading, so that an edit in between only causes one more load.
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
