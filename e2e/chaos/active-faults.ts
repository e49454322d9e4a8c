/** Counts the faults that are active now. */
export class ActiveFaults {
  #active = 0;
  /** How often a fault began or ended. */
  #changes = 0;

  async during(act: () => Promise<void>): Promise<void> {
    this.#active += 1;
    this.#changes += 1;
    await act();
    this.#active -= 1;
    this.#changes += 1;
  }

  /** Called by the active fault. The returned function tells whether it has been the only one since this call. */
  alone(): () => boolean {
    const [active, changes] = [this.#active, this.#changes];
    return () => active === 1 && this.#changes === changes;
  }
}
