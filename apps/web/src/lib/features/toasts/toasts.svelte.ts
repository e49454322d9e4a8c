/** A short message about an event. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  undo: (() => void) | null;
}

export interface ToastOptions {
  tone?: Toast['tone'];
  undo?: () => void;
}

const SHOWN_MS = 8_000;
const AT_ONCE = 3;

/** Toasts disappear after a while, but not under pointer or focus. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #nextId = 1;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- timers are not shown
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #held = false;

  say(text: string, { tone = 'plain', undo }: ToastOptions = {}): Toast {
    const toast: Toast = { id: this.#nextId++, text, tone, undo: undo ?? null };
    // A repeated text replaces its toast: a key held down must not fill the screen.
    this.list = [...this.list.filter((other) => other.text !== text), toast].slice(-AT_ONCE);
    if (!this.#held) this.#expire(toast.id);
    return toast;
  }

  /** The newest toast with *Undo*. */
  get undoable(): Toast | undefined {
    return this.list.findLast(({ undo }) => undo !== null);
  }

  undo(toast: Toast): void {
    const isThere = this.list.includes(toast);
    this.dismiss(toast.id);
    if (isThere) toast.undo?.();
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
    if (this.list.length === 0) this.#held = false;
  }

  hold(held: boolean): void {
    this.#held = held;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    if (!held) for (const { id } of this.list) this.#expire(id);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #expire(id: number): void {
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS),
    );
  }
}
