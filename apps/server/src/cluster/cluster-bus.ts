import type { Word } from './messages.ts';

export interface NodeListener {
  heard?(word: Word, node: string): void;
  /** Words were lost: what the database knows of them should be looked up now. */
  missed?(): void;
  /** A node that was heard is there no more. */
  gone?(node: string): void;
  /** Somebody wants to know what is true of this node: tell it as `here`. */
  asked?(): void;
}

/** What this node tells the others, and hears of them. Nothing here is waited for, throws, or is needed to be right. */
export interface NodeTalk {
  tell(word: Word): void;
  listen(listener: NodeListener): void;
  /** Other nodes that are heard now. */
  readonly peers: number;
  close(): Promise<void>;
}

/** Without `REDIS_URL`: other nodes, if there are any, are known by the database alone. */
export const soleNode: NodeTalk = {
  tell() {},
  listen() {},
  peers: 0,
  close: () => Promise.resolve(),
};
