/** Socket events without an answer yet. A stopping node answers them before it closes its sockets. */
export class PendingAnswers {
  readonly #connections = new Map<string, () => Promise<void>>();

  /** `answered` resolves once all events that this connection has sent so far are answered. */
  add(connection: string, answered: () => Promise<void>): void {
    this.#connections.set(connection, answered);
  }

  delete(connection: string): void {
    this.#connections.delete(connection);
  }

  async allAnswered(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((answered) => answered()));
  }
}
