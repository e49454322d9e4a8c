/** Where someone stands in a list. */
export interface PlaceInList {
  /** Of the open row, or where it was before it left the list: closing a conversation is no way back to the top. */
  index: number;
  /** The open row is in the list now. */
  isThere: boolean;
}

export const BEFORE_ALL: PlaceInList = { index: 0, isThere: false };

/** Where someone stands now, who stood at `before`. */
export function placeIn(ids: readonly string[], openId: string | undefined, before: PlaceInList): PlaceInList {
  const index = openId === undefined ? -1 : ids.indexOf(openId);
  return index === -1 ? { index: Math.min(before.index, ids.length), isThere: false } : { index, isThere: true };
}

/** The row after (1) or before (-1) that place; undefined at the ends. */
export function beside(ids: readonly string[], { index, isThere }: PlaceInList, by: 1 | -1): string | undefined {
  return ids[isThere || by === -1 ? index + by : index];
}
