export interface OutboundPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** For everything together: name, connection, answer. Milliseconds. */
  timeoutMs: number;
  maxResponseBytes: number;
}
