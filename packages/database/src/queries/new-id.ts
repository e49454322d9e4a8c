import { v7 } from 'uuid';

/** Ids grow with time, so new rows land next to each other in an index. */
export function newId(): string {
  return v7();
}
