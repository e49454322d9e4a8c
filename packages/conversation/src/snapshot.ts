import type { Leaf } from '@baton/protocol';
import { deriveLeaf } from './derive.ts';
import { initialFacts, type Facts, type Rules } from './facts.ts';
import { isFacts, isRecord } from './facts-shape.ts';

/** Raised whenever the stored shape changes; older shapes are migrated on load (TIME-4). */
export const SCHEMA_VERSION = 1;

/** A conversation at one version, as it is stored. */
export interface Snapshot {
  schemaVersion: number;
  /** The leaf of the statechart, as a path. */
  value: Leaf;
  context: Facts;
}

/** A stored snapshot that is damaged: it is rejected, never repaired by a guess (TIME-4). */
export class SnapshotError extends Error {}

/** A snapshot of a newer version of the code, which need not be damaged. */
export class NewerSnapshotError extends SnapshotError {}

export function initialSnapshot(input: { agentId: string; rules: Rules }): Snapshot {
  return { schemaVersion: SCHEMA_VERSION, value: 'agentActive.idle', context: initialFacts(input) };
}

/** Checks a stored snapshot, and migrates an older one. @throws SnapshotError */
export function loadSnapshot(stored: unknown): Snapshot {
  if (!isRecord(stored)) throw new SnapshotError('the stored snapshot is not an object');
  const { schemaVersion, value, context } = stored;
  if (schemaVersion !== SCHEMA_VERSION) {
    const isNewer = typeof schemaVersion === 'number' && schemaVersion > SCHEMA_VERSION;
    const LoadError = isNewer ? NewerSnapshotError : SnapshotError;
    throw new LoadError(
      `the stored snapshot has schema version ${String(schemaVersion)}, this code knows ${SCHEMA_VERSION}`,
    );
  }
  if (!isFacts(context)) throw new SnapshotError('the stored snapshot lacks facts');
  const leaf = deriveLeaf(context);
  if (value !== leaf) throw new SnapshotError(`the stored snapshot says ${String(value)}, its facts say ${leaf}`);
  return { schemaVersion: SCHEMA_VERSION, value: leaf, context };
}
