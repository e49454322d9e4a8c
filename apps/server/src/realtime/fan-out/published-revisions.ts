/** The revisions that this node has sent to its sockets, so the repair sends nothing twice. */
export class PublishedRevisions {
  /** Two generations: revisions that no repair round asks for are forgotten. */
  #current = new Map<string, number>();
  #previous = new Map<string, number>();

  set(conversationId: string, revision: number): void {
    this.#current.set(conversationId, revision);
  }

  get(conversationId: string): number {
    return this.#current.get(conversationId) ?? this.#previous.get(conversationId) ?? 0;
  }

  nextGeneration(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }
}
