/** Receives a description of a broken rule, which begins with the rule id. */
export type Broken = (what: string) => void;
