/** The selected position in a list. */
export interface PlaceInList {
  /** Of the open row, or its last index after it left the list: resolving a conversation must not jump to the top. */
  index: number;
  isThere: boolean;
}

export const BEFORE_ALL: PlaceInList = { index: 0, isThere: false };

/** The position of the open row, or the one that follows from `before` when the row has left the list. */
export function placeIn(ids: readonly string[], openId: string | undefined, before: PlaceInList): PlaceInList {
  const index = openId === undefined ? -1 : ids.indexOf(openId);
  return index === -1 ? { index: Math.min(before.index, ids.length), isThere: false } : { index, isThere: true };
}

/** The row after (1) or before (-1) a position; undefined at the ends. */
export function beside(ids: readonly string[], { index, isThere }: PlaceInList, by: 1 | -1): string | undefined {
  return ids[isThere || by === -1 ? index + by : index];
}
