import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { advance, loadSnapshot, NewerSnapshotError, SCHEMA_VERSION, SnapshotError, SYSTEM } from '../src/index.ts';
import { ADA } from '../src/testing/people.ts';
import { replying } from './driver.ts';

const fixtures = new URL('./fixtures/', import.meta.url);

describe('stored snapshots', () => {
  test('[TIME-4] loads a snapshot of every past schema version', () => {
    const files = readdirSync(fixtures);
    expect(files).toHaveLength(SCHEMA_VERSION);
    for (const file of files) {
      const snapshot = loadSnapshot(JSON.parse(readFileSync(new URL(file, fixtures), 'utf8')));
      const steps = advance(snapshot, {
        type: 'deadline.passed',
        at: Number.MAX_SAFE_INTEGER,
        by: SYSTEM,
        renewed: {},
      });
      expect(steps.at(-1)?.after.value, file).toMatch(/^agentActive/);
    }
  });

  test('[TIME-4] rejects a damaged snapshot, and repairs nothing by a guess', () => {
    const good = replying().types(ADA).snapshot;
    const { leases: _, ...factless } = good.context;
    const broken: [string, unknown][] = [
      ['nothing', null],
      ['text', '{}'],
      ['a future version', { ...good, schemaVersion: SCHEMA_VERSION + 1 }],
      ['an unknown state', { ...good, value: 'humanPassive' }],
      ['a state that the facts contradict', { ...good, value: 'agentActive.idle' }],
      ['a fact missing', { ...good, context: factless }],
      ['a fact of another kind', { ...good, context: { ...good.context, turn: '1' } }],
    ];
    for (const [what, stored] of broken) expect(() => loadSnapshot(stored), what).toThrow(SnapshotError);
    expect(() => loadSnapshot({ ...good, schemaVersion: SCHEMA_VERSION + 1 })).toThrow(NewerSnapshotError);
    expect(() => loadSnapshot({ ...good, schemaVersion: SCHEMA_VERSION - 1 })).not.toThrow(NewerSnapshotError);
    expect(loadSnapshot(structuredClone(good))).toEqual(good);
  });
});
