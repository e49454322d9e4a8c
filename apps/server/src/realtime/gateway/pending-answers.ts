/** What sockets have asked and not been answered yet: a node that stops answers it first. */
export class InHand {
  readonly #idle = new Map<string, () => Promise<void>>();

  /** `idle` resolves when all is answered that this connection has asked so far. */
  add(connection: string, idle: () => Promise<void>): void {
    this.#idle.set(connection, idle);
  }

  delete(connection: string): void {
    this.#idle.delete(connection);
  }

  async answered(): Promise<void> {
    await Promise.all([...this.#idle.values()].map((idle) => idle()));
  }
}
