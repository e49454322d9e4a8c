import type { Message, SendMessage } from '@baton/protocol';
import type { Answer, Refused } from '../../api/request.ts';
import type { DraftStore } from './draft-store.ts';
import { newClientMessageId } from './client-message-id.ts';
import { Outbox } from './outbox.svelte.ts';
import type { Outgoing, Stage } from './outbox.svelte.ts';
import { TypingReporter } from './typing-reporter.ts';

/** What a person has sent and the thread does not show as a message yet. */
export interface PendingMessage {
  clientMessageId: string;
  text: string;
  note: boolean;
  stage: Stage;
  /** In which it can be undone. */
  seconds: number;
}

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
  /** What was sent came back after the conversation was left: it is in its draft now. */
  cameBack(): void;
  /** For how long *Send* can be undone, at most 5 000; 0 sends at once. */
  readonly undoMs: number;
  /** Milliseconds, from any start. */
  now(): number;
}

/** The text that is being written, and its one way out. The field is free for the next one as soon as one is sent. */
export class ComposerState {
  text = $state('');
  note = $state(false);
  problem = $state<Refused | null>(null);
  /** Replies by others up to here have been seen by the person writing (SEND-7). */
  #reviewedSeq = $state<number | null>(null);
  /** Newer replies that the server named when it refused. */
  #refusedFor = $state(0);
  #left = false;
  #body: SendMessage | null = null;
  readonly #host: ComposerHost;
  readonly #drafts: DraftStore;
  readonly #typing: TypingReporter;
  readonly #outbox: Outbox;

  /** Replies by others that came while this one was being written. */
  readonly unreviewed: number = $derived.by(() =>
    this.note ? 0 : Math.max(this.#repliesSince(this.#reviewedSeq), this.#refusedFor),
  );

  constructor(host: ComposerHost, drafts: DraftStore) {
    this.#host = host;
    this.#drafts = drafts;
    this.#outbox = new Outbox({
      now: () => host.now(),
      mayGo: () => this.#left || host.caughtUp,
      crossed: (item) => !item.note && !this.#left && this.#repliesSince(item.reviewedSeq) > 0,
      send: (item) => host.send(this.#bodyOf(item)),
      sent: () => this.#sent(),
      returned: (items, refused) => this.#returned(items, refused),
    });
    const draft = drafts.read(host.conversationId);
    this.text = draft.text;
    this.note = draft.note;
    this.#typing = new TypingReporter({
      now: () => host.now(),
      report: (typing, note) => host.typing(typing, note),
    });
    this.#typing.setNote(draft.note);
  }

  get pending(): PendingMessage[] {
    const { items, seconds } = this.#outbox;
    return items.map((item) => ({ ...item, stage: this.#outbox.stageOf(item), seconds }));
  }

  /** Whole seconds in which *Send* can still be undone. */
  get undoSeconds(): number {
    return this.#outbox.seconds;
  }

  /** Of what left the field last; `writing` when everything is out. */
  get phase(): Stage | 'writing' {
    const last = this.#outbox.items.at(-1);
    return last === undefined ? 'writing' : this.#outbox.stageOf(last);
  }

  /** A keystroke. */
  write(text: string): void {
    if (text.trim() === '') this.#reviewedSeq = null;
    else if (this.#host.loaded) this.#reviewedSeq ??= this.#host.seenSeq;
    this.text = text;
    this.problem = null;
    this.#keep();
    this.#touched();
  }

  /** Whoever goes on with a note has done with the reply: its lease ends with the sending. */
  setNote(note: boolean): void {
    if (note !== this.note) this.#outbox.release();
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
    this.#outbox.tick();
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

  /** What was sent goes out, or stays as a draft where it cannot. Stops typing. */
  leave(): void {
    if (this.#host.caughtUp) {
      this.#outbox.release();
      this.#left = true;
    } else this.#putBack(this.#outbox.takeBack());
    this.#left = true;
    this.#keep();
    this.#typing.stop();
  }

  requestSend(): void {
    if (this.text.trim() === '' || this.unreviewed > 0) return;
    const item = {
      clientMessageId: newClientMessageId(),
      text: this.text,
      note: this.note,
      reviewedSeq: this.#reviewedSeq,
    };
    this.problem = null;
    this.text = '';
    this.#reviewedSeq = null;
    this.#outbox.put(item, this.note ? 0 : this.#host.undoMs);
    // The agent stays muted: until the time is over this is still somebody writing.
    if (this.#outbox.held) this.#touched();
    this.#keep();
  }

  /** No more undoing. */
  sendNow(): void {
    this.#outbox.release();
  }

  /** *Undo*, or no more waiting for the connection. */
  cancel(): void {
    this.#putBack(this.#outbox.takeBack());
  }

  /** Called whenever the inbox may have caught up. */
  sendIfPossible(): void {
    this.#outbox.pump();
  }

  /** Every retry says the same: what came meanwhile was not seen when it was written. */
  #bodyOf({ clientMessageId, text, note }: Outgoing): SendMessage {
    if (this.#body?.clientMessageId !== clientMessageId)
      this.#body = { text, clientMessageId, ...(note ? { note } : { lastSeenSeq: this.#host.seenSeq }) };
    return this.#body;
  }

  #sent(): void {
    if (this.#left) return;
    this.#keep();
    // The send ended the lease on the server; whoever is writing on starts another.
    this.#typing.forget();
    this.#touched();
  }

  #returned(items: readonly Outgoing[], refused: Refused | null): void {
    this.#putBack(items);
    if (refused?.problem.code === 'stale_view') this.#refusedFor = Math.max(1, refused.problem.messages?.length ?? 0);
    else this.problem = refused;
    if (this.#left) this.#host.cameBack();
  }

  /** What did not go out stands in the field again, before what was written since. A note never becomes a reply by that. */
  #putBack(items: readonly Outgoing[]): void {
    if (items.length === 0) return;
    const isEmpty = this.text.trim() === '';
    this.note = items.some(({ note }) => note) || (!isEmpty && this.note);
    this.text = [...items.map(({ text }) => text), ...(isEmpty ? [] : [this.text])].join('\n\n');
    this.#reviewedSeq = items[0]?.reviewedSeq ?? this.#reviewedSeq ?? this.#host.seenSeq;
    if (!this.#left) this.#typing.setNote(this.note);
    this.#keep();
  }

  #touched(): void {
    this.#typing.touched(this.text.trim() === '' ? (this.#outbox.held?.text ?? '') : this.text);
  }

  #repliesSince(reviewed: number | null): number {
    if (reviewed === null) return 0;
    return this.#host.messages.filter((message) => message.seq > reviewed && this.#isReplyByOthers(message)).length;
  }

  #isReplyByOthers({ author, note, delivery }: Message): boolean {
    if (note || delivery === 'withheld' || delivery === 'failed') return false;
    if (author.kind === 'teammate') return author.id !== this.#host.meId;
    return author.kind === 'agent' || author.kind === 'external';
  }

  /** A page that dies while something is on its way still has it; one that was only left has sent it. */
  #keep(): void {
    const unsent = this.#left ? [] : this.#outbox.items;
    const text = [...unsent.map((item) => item.text), this.text].filter((part) => part !== '').join('\n\n');
    this.#drafts.write(this.#host.conversationId, { text, note: this.note || unsent.some(({ note }) => note) });
  }
}
