import { onDestroy } from 'svelte';
import type { Answer, Rejected } from '@baton/client';
import { untilReachable } from '../api/until-reachable.ts';

/** Data of the server, read again after a change. Old data stays during a request. */
export class Remote<T> {
  data: T | null = $state.raw(null);
  problem: Rejected | null = $state.raw(null);
  away = $state(false);
  readonly #read: () => Promise<Answer<T>>;
  readonly #stop = new AbortController();

  constructor(read: () => Promise<Answer<T>>) {
    this.#read = read;
    onDestroy(() => this.#stop.abort());
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const answer = await untilReachable(this.#read, this.#stop.signal, () => (this.away = true));
    if (this.#stop.signal.aborted) return;
    this.away = false;
    this.problem = answer.ok ? null : answer;
    if (answer.ok) this.data = answer.data;
  }
}

/** A form's request: its state, its rejection, and the errors by field. */
export class Submission {
  busy = $state(false);
  saved = $state(false);
  problem: Rejected | null = $state.raw(null);
  readonly fields: Record<string, string> = $derived.by(() =>
    this.problem?.problem.code === 'invalid'
      ? Object.fromEntries((this.problem.problem.errors ?? []).map(({ path, message }) => [path, message]))
      : {},
  );

  /** @returns the data, or null when rejected */
  async run<T>(act: () => Promise<Answer<T>>): Promise<{ data: T } | null> {
    this.busy = true;
    this.saved = false;
    this.problem = null;
    const answer = await act();
    this.busy = false;
    this.saved = answer.ok;
    if (!answer.ok) this.problem = answer;
    return answer.ok ? { data: answer.data } : null;
  }
}
