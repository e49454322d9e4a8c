/** Broadcasts each text to all subscribers, the sender included. It may lose texts. */
export interface Channel {
  /** False while there is no connection: nothing can be sent or received. */
  readonly isOpen: boolean;
  /** Rejects unless the text was sent. Callers send one text at a time. */
  send(text: string): Promise<void>;
  /** Replaces a connection that no longer receives. */
  reopen(): void;
  close(): Promise<void>;
}

export interface ChannelListener {
  received(text: string): void;
  opened(): void;
}
