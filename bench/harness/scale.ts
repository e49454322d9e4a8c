/** How long to measure: short by default, `--full` for figures that are published. */
export interface Scale {
  isFull: boolean;
  pick<Value>(short: Value, full: Value): Value;
}

export function scale(isFull: boolean): Scale {
  return { isFull, pick: (short, full) => (isFull ? full : short) };
}
