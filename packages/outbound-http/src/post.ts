export interface OutboundPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** For everything together: name, connection, answer. Milliseconds. */
  timeoutMs: number;
  maxResponseBytes: number;
  /** Told of the answer's text as it comes, whole characters at a time; never after an abort. */
  onText?: (text: string) => void;
}
