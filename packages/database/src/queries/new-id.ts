import { v7 } from 'uuid';

/** A UUIDv7: ids grow with time, so new rows are adjacent in an index. */
export function newId(): string {
  return v7();
}
