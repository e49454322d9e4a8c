/** Arrow keys: up and down within a column, left and right to the neighbour at the same height. */
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export function isArrow(key: string): key is Arrow {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

/**
 * @param columns ids of the cards as they stand, column by column
 * @returns the id to go to; null where there is none that way
 */
export function cardBeyond(columns: readonly (readonly string[])[], from: string, arrow: Arrow): string | null {
  const filled = columns.filter((column) => column.length > 0);
  const x = filled.findIndex((column) => column.includes(from));
  const y = filled[x]?.indexOf(from) ?? -1;
  if (y === -1) return null;
  switch (arrow) {
    case 'ArrowUp':
      return filled[x]?.[y - 1] ?? null;
    case 'ArrowDown':
      return filled[x]?.[y + 1] ?? null;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const beside = filled[x + (arrow === 'ArrowLeft' ? -1 : 1)];
      return beside?.[Math.min(y, beside.length - 1)] ?? null;
    }
  }
}
