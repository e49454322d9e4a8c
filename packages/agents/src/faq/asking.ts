/** How a language asks for a person. Patterns run over ` words with single spaces `, so a space is a word boundary. */
export interface Asking {
  patterns: RegExp[];
  /** Turns a match into the opposite when it stands right before it. */
  negation: RegExp;
}
