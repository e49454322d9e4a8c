import { loadSnapshot, NewerSnapshotError, type Snapshot } from '@baton/conversation';
import { type StoredConversation, StoreUnavailable } from '../ports/store.ts';

/**
 * While nodes are replaced they are of two versions. What a newer one has written is not this one's to judge: it is refused, as
 * if the database were away, and left to the others (ADR 0208).
 * @throws SnapshotError; StoreUnavailable for what a newer version has written
 */
export function readSnapshot({ snapshot }: Pick<StoredConversation, 'snapshot'>): Snapshot {
  try {
    return loadSnapshot(snapshot);
  } catch (error) {
    if (!(error instanceof NewerSnapshotError)) throw error;
    throw new StoreUnavailable('a newer version of Baton has written this conversation', { cause: error });
  }
}
