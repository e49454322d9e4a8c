import type { Message, SendMessage } from '@baton/protocol';
import type { Answer, Rejected } from '@baton/client';
import type { DraftStore } from './draft-store.ts';
import { newClientMessageId } from './client-message-id.ts';
import { Outbox } from './outbox.svelte.ts';
import type { Outgoing, Stage } from './outbox.svelte.ts';
import { TypingReporter } from './typing-reporter.ts';

/** A sent message that is not in the thread yet. */
export interface PendingMessage {
  clientMessageId: string;
  text: string;
  note: boolean;
  stage: Stage;
  /** Seconds in which it can be undone. */
  seconds: number;
}

/** The conversation, as a composer needs it. Its fields are read reactively. */
export interface ComposerHost {
  readonly conversationId: string;
  readonly meId: string;
  readonly messages: readonly Message[];
  readonly loaded: boolean;
  /** Every message up to this `seq` is on the screen. */
  readonly seenSeq: number;
  /** The view is up to date: only then may a message be sent (SEE-3). */
  readonly caughtUp: boolean;
  typing(typing: boolean, note: boolean): void;
  send(body: SendMessage): Promise<Answer<Message>>;
  /** A message was not sent after the conversation was left: it is in the draft now. */
  cameBack(): void;
  /** How long *Send* can be undone, in ms, at most 5 000; 0 sends immediately. */
  readonly undoMs: number;
  /** Milliseconds since an arbitrary start. */
  now(): number;
}

/** The text in the field, and the outbox it goes through. The field is free again as soon as a message is sent. */
export class ComposerState {
  text = $state('');
  note = $state(false);
  problem = $state<Rejected | null>(null);
  /** The person writing has seen replies by others up to this `seq` (SEND-7). */
  #reviewedSeq = $state<number | null>(null);
  /** Number of newer replies in the server's rejection. */
  #refusedFor = $state(0);
  #left = false;
  #body: SendMessage | null = null;
  readonly #host: ComposerHost;
  readonly #drafts: DraftStore;
  readonly #typing: TypingReporter;
  readonly #outbox: Outbox;

  /** Number of replies by others that came while this one was being written. */
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

  /** Whole seconds left to undo *Send*. */
  get undoSeconds(): number {
    return this.#outbox.seconds;
  }

  /** Phase of the message that left the field last; `writing` when the outbox is empty. */
  get phase(): Stage | 'writing' {
    const last = this.#outbox.items.at(-1);
    return last === undefined ? 'writing' : this.#outbox.stageOf(last);
  }

  write(text: string): void {
    if (text.trim() === '') this.#reviewedSeq = null;
    else if (this.#host.loaded) this.#reviewedSeq ??= this.#host.seenSeq;
    this.text = text;
    this.problem = null;
    this.#keep();
    this.#touched();
  }

  /** Switching to a note releases a held reply: its lease ends with the sending. */
  setNote(note: boolean): void {
    if (note !== this.note) this.#outbox.release();
    this.note = note;
    this.#typing.setNote(note);
    this.#keep();
  }

  /** Puts a text into the field, below what is there. */
  use(text: string): void {
    this.setNote(false);
    this.write(this.text.trim() === '' ? text : `${this.text}\n\n${text}`);
  }

  setFocused(focused: boolean): void {
    this.#typing.setFocused(focused);
  }

  /** Called twice a second: renews the typing lease and ends the time for *Undo*. */
  tick(): void {
    this.#typing.tick();
    this.#outbox.tick();
  }

  resumed(): void {
    this.#typing.resume();
  }

  /** The new replies have been read: *Send* works again. */
  review(): void {
    this.#reviewedSeq = this.#host.seenSeq;
    this.#refusedFor = 0;
    this.problem = null;
  }

  /** Sends held messages, or keeps them as a draft without a connection. Stops typing. */
  leave(): void {
    if (this.#host.caughtUp) {
      this.#outbox.release();
      this.#left = true;
    } else this.#putBack(this.#outbox.undoSend());
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
    // A held message still counts as typing, so the agent stays muted.
    if (this.#outbox.held) this.#touched();
    this.#keep();
  }

  /** Sends the held message now. */
  sendNow(): void {
    this.#outbox.release();
  }

  /** *Undo*: puts unsent messages back into the field. */
  cancel(): void {
    this.#putBack(this.#outbox.undoSend());
  }

  /** To be called when the inbox may have caught up. */
  sendIfPossible(): void {
    this.#outbox.pump();
  }

  /** Every retry sends the same body: messages that came meanwhile were not seen by the writer. */
  #bodyOf({ clientMessageId, text, note }: Outgoing): SendMessage {
    if (this.#body?.clientMessageId !== clientMessageId)
      this.#body = { text, clientMessageId, ...(note ? { note } : { lastSeenSeq: this.#host.seenSeq }) };
    return this.#body;
  }

  #sent(): void {
    if (this.#left) return;
    this.#keep();
    // The send ended the lease on the server; typing on starts another one.
    this.#typing.forget();
    this.#touched();
  }

  #returned(items: readonly Outgoing[], refused: Rejected | null): void {
    this.#putBack(items);
    if (refused?.problem.code === 'stale_view') this.#refusedFor = Math.max(1, refused.problem.messages?.length ?? 0);
    else this.problem = refused;
    if (this.#left) this.#host.cameBack();
  }

  /** Puts unsent texts back into the field, before newer text. A note never becomes a reply by that. */
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

  /** A draft keeps what is under way in case the page dies; a page that was left has sent it. */
  #keep(): void {
    const unsent = this.#left ? [] : this.#outbox.items;
    const text = [...unsent.map((item) => item.text), this.text].filter((part) => part !== '').join('\n\n');
    this.#drafts.write(this.#host.conversationId, { text, note: this.note || unsent.some(({ note }) => note) });
  }
}
