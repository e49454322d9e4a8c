/** Told of a rule that was seen broken, in words that begin with its id. */
export type Broken = (what: string) => void;
