/** What is wrong at the moment. */
export class Disturbances {
  #active = 0;
  /** Times that one began or ended. */
  #changes = 0;

  async during(act: () => Promise<void>): Promise<void> {
    this.#active += 1;
    this.#changes += 1;
    await act();
    this.#active -= 1;
    this.#changes += 1;
  }

  /** Asked by the one under way: gives whether nothing else was wrong from now until it is called. */
  alone(): () => boolean {
    const [active, changes] = [this.#active, this.#changes];
    return () => active === 1 && this.#changes === changes;
  }
}
