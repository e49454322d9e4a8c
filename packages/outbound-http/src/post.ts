export interface OutboundPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Limit for name look-up, connection and answer together. */
  timeoutMs: number;
  maxResponseBytes: number;
  /** Gets the answer's text as it arrives, in whole characters; never after an abort. */
  onText?: (text: string) => void;
}
