import type { Message, SendMessage } from '@baton/protocol';
import { isAway } from '../../api/request.ts';
import type { Answer, Refused } from '../../api/request.ts';
import type { DraftStore } from './draft-store.ts';
import { newClientMessageId } from './client-message-id.ts';
import { TypingReporter } from './typing-reporter.ts';

/**
 * - `writing`: as it stands
 * - `held`: sent by its writer, and still to be undone: a lease, not yet a message (SEND-8)
 * - `waiting`: to be sent as soon as the inbox has caught up
 * - `sending`: on its way to the server
 */
export type ComposerPhase = 'writing' | 'held' | 'waiting' | 'sending';

/** The conversation that is being written in, as far as a composer needs it. Its fields are read reactively. */
export interface ComposerHost {
  readonly conversationId: string;
  readonly meId: string;
  readonly messages: readonly Message[];
  readonly loaded: boolean;
  /** All messages up to here are on the screen. */
  readonly seenSeq: number;
  /** What is shown is what the server has: the only time to send (SEE-3). */
  readonly caughtUp: boolean;
  typing(typing: boolean, note: boolean): void;
  send(body: SendMessage): Promise<Answer<Message>>;
  /** For how long *Send* can be undone, at most 5 000; 0 sends at once. */
  readonly undoMs: number;
  /** Milliseconds, from any start. */
  now(): number;
}

const RETRY_MS = 1_000;

/** The text that is being written, and its one way out. */
export class ComposerState {
  text = $state('');
  note = $state(false);
  phase = $state<ComposerPhase>('writing');
  problem = $state<Refused | null>(null);
  /** Whole seconds in which *Send* can still be undone. */
  undoSeconds = $state(0);
  #heldUntil = 0;
  /** Replies by others up to here have been seen by the person writing (SEND-7). */
  #reviewedSeq = $state<number | null>(null);
  /** On its way to the server, under one id over every retry of it (SEND-6). The next message may be written meanwhile. */
  #outgoing: SendMessage | null = null;
  readonly #host: ComposerHost;
  readonly #drafts: DraftStore;
  readonly #typing: TypingReporter;

  /** Newer replies that the server named when it refused. */
  #refusedFor = $state(0);
  /** Replies by others that came while this one was being written. */
  readonly unreviewed: number = $derived.by(() => {
    const reviewed = this.#reviewedSeq;
    if (this.note) return 0;
    const arrived = this.#host.messages.filter(
      (message) => reviewed !== null && message.seq > reviewed && this.#isReplyByOthers(message),
    );
    return Math.max(arrived.length, this.#refusedFor);
  });

  constructor(host: ComposerHost, drafts: DraftStore) {
    this.#host = host;
    this.#drafts = drafts;
    const draft = drafts.read(host.conversationId);
    this.text = draft.text;
    this.note = draft.note;
    this.#typing = new TypingReporter({
      now: () => host.now(),
      report: (typing, note) => host.typing(typing, note),
    });
    this.#typing.setNote(draft.note);
  }

  /** A keystroke. */
  write(text: string): void {
    if (text.trim() === '') this.#reviewedSeq = null;
    else if (this.#host.loaded) this.#reviewedSeq ??= this.#host.seenSeq;
    this.text = text;
    this.problem = null;
    this.#keep();
    this.#typing.touched(text);
  }

  setNote(note: boolean): void {
    this.note = note;
    this.#typing.setNote(note);
    this.#keep();
  }

  /** Offers the agent's unsent text as one's own words. */
  use(text: string): void {
    this.setNote(false);
    this.write(this.text.trim() === '' ? text : `${this.text}\n\n${text}`);
  }

  setFocused(focused: boolean): void {
    this.#typing.setFocused(focused);
  }

  /** Called twice a second: renews the typing lease, and ends the time for undoing. */
  tick(): void {
    this.#typing.tick();
    if (this.phase !== 'held') return;
    this.undoSeconds = Math.ceil((this.#heldUntil - this.#host.now()) / 1_000);
    if (this.undoSeconds <= 0) this.sendNow();
  }

  /** The connection is back. */
  resumed(): void {
    this.#typing.resume();
  }

  /** The new replies have been read: *Send* sends again. */
  review(): void {
    this.#reviewedSeq = this.#host.seenSeq;
    this.#refusedFor = 0;
    this.problem = null;
  }

  /** What was sent goes out; what was not is kept as a draft. Stops typing. */
  leave(): void {
    this.sendNow();
    this.#typing.stop();
    if (this.phase === 'waiting') this.phase = 'writing';
  }

  requestSend(): void {
    if (this.text.trim() === '' || this.phase !== 'writing' || this.unreviewed > 0) return;
    this.problem = null;
    this.phase = 'held';
    const undoMs = this.note ? 0 : this.#host.undoMs;
    this.#heldUntil = this.#host.now() + undoMs;
    this.undoSeconds = Math.ceil(undoMs / 1_000);
    if (undoMs === 0) this.sendNow();
    // The agent stays muted: until the time is over this is still somebody writing.
    else this.#typing.touched(this.text);
  }

  sendNow(): void {
    if (this.phase !== 'held') return;
    this.phase = 'waiting';
    void this.sendIfPossible();
  }

  /** *Undo*, or no more waiting for the connection. */
  cancel(): void {
    if (this.phase === 'held' || this.phase === 'waiting') this.phase = 'writing';
  }

  /** Called whenever the inbox may have caught up. */
  async sendIfPossible(): Promise<void> {
    if (this.phase !== 'waiting' || !this.#host.caughtUp) return;
    if (this.unreviewed > 0) {
      this.phase = 'writing';
      return;
    }
    this.phase = 'sending';
    const asSeen = this.note ? { note: true } : { lastSeenSeq: this.#host.seenSeq };
    this.#outgoing = { text: this.text, clientMessageId: newClientMessageId(), ...asSeen };
    this.text = '';
    this.#reviewedSeq = null;
    await this.#deliver();
  }

  async #deliver(): Promise<void> {
    if (this.#outgoing === null) return;
    const answer = await this.#host.send(this.#outgoing);
    if (answer.ok) this.#sent();
    else this.#refused(answer);
  }

  #sent(): void {
    this.#outgoing = null;
    this.phase = 'writing';
    this.#keep();
    // The send ended the lease on the server; whoever is writing on starts another.
    this.#typing.forget();
    if (this.text.trim() === '') this.#typing.stop();
    else this.#typing.touched(this.text);
  }

  #refused(refused: Refused): void {
    if (isAway(refused)) {
      // The server or its database is away: it goes out with the same id once it is back.
      setTimeout(() => this.#again(), refused.retryAfterMs ?? RETRY_MS);
      return;
    }
    this.#takeBack();
    if (refused.problem.code === 'stale_view') this.#refusedFor = Math.max(1, refused.problem.messages?.length ?? 0);
    else this.problem = refused;
  }

  #again(): void {
    if (this.phase === 'sending') void this.#deliver();
  }

  /** What did not go out stands in the field again, before what was written since. */
  #takeBack(): void {
    const text = this.#outgoing?.text ?? '';
    this.note = this.#outgoing?.note ?? false;
    this.#outgoing = null;
    this.phase = 'writing';
    this.text = this.text.trim() === '' ? text : `${text}\n\n${this.text}`;
    this.#reviewedSeq ??= this.#host.seenSeq;
    this.#keep();
  }

  #isReplyByOthers({ author, note, delivery }: Message): boolean {
    if (note || delivery === 'withheld' || delivery === 'failed') return false;
    if (author.kind === 'teammate') return author.id !== this.#host.meId;
    return author.kind === 'agent' || author.kind === 'external';
  }

  /** A page that dies while something is on its way still has it. */
  #keep(): void {
    const text = this.text === '' ? (this.#outgoing?.text ?? '') : this.text;
    this.#drafts.write(this.#host.conversationId, { text, note: this.note });
  }
}
