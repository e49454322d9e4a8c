/** A channel on which everything that anybody says is heard by everybody, oneself included; or is lost. */
export interface Channel {
  /** Nothing can be said, or heard, while it is not. */
  readonly isOpen: boolean;
  /** Rejects where it is not known to have been said. One at a time. */
  say(text: string): Promise<void>;
  /** It seems to be deaf: try another connection. */
  reopen(): void;
  close(): Promise<void>;
}

export interface ChannelListener {
  heard(text: string): void;
  opened(): void;
}
