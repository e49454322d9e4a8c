/** How a language asks for a person. Patterns run over ` words with single spaces `, so a space is a word boundary. */
export interface Asking {
  patterns: RegExp[];
  /** What, right before a match, turns it into the opposite. */
  negation: RegExp;
}
