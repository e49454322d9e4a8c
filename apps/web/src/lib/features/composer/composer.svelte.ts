import type { Message } from '@baton/protocol';
import { sendMessage } from '../../api/conversations.ts';
import { isAway } from '../../api/request.ts';
import type { Refused } from '../../api/request.ts';
import type { OpenConversationState } from '../../state/open-conversation.svelte.ts';
import type { DraftStore } from './draft-store.ts';
import { newClientMessageId } from './client-message-id.ts';
import { TypingReporter } from './typing-reporter.ts';

/**
 * - `writing`: as it stands
 * - `waiting`: to be sent as soon as the inbox has caught up
 * - `sending`: on its way to the server
 */
export type ComposerPhase = 'writing' | 'waiting' | 'sending';

const RETRY_MS = 1_000;

/** The text that is being written, and its one way out. */
export class ComposerState {
  text = $state('');
  note = $state(false);
  phase = $state<ComposerPhase>('writing');
  problem = $state<Refused | null>(null);
  /** Replies by others up to here have been seen by the person writing (SEND-7). */
  #reviewedSeq = $state<number | null>(null);
  /** One id per message, kept over every retry of it (SEND-6). */
  #clientMessageId: string | null = null;
  readonly #open: OpenConversationState;
  readonly #drafts: DraftStore;
  readonly #typing: TypingReporter;

  /** Newer replies that the server named when it refused. */
  #refusedFor = $state(0);
  /** Replies by others that came while this one was being written. */
  readonly unreviewed: number = $derived.by(() => {
    const reviewed = this.#reviewedSeq;
    if (this.note) return 0;
    const arrived = this.#open.messages.filter(
      (message) => reviewed !== null && message.seq > reviewed && this.#isReplyByOthers(message),
    );
    return Math.max(arrived.length, this.#refusedFor);
  });

  constructor(open: OpenConversationState, drafts: DraftStore, now: () => number = () => performance.now()) {
    this.#open = open;
    this.#drafts = drafts;
    const draft = drafts.read(open.id);
    this.text = draft.text;
    this.note = draft.note;
    this.#typing = new TypingReporter({ now, report: (typing, note) => open.inbox.typing(open.id, typing, note) });
    this.#typing.setNote(draft.note);
  }

  /** A keystroke. */
  write(text: string): void {
    if (text.trim() === '') this.#reviewedSeq = null;
    else if (this.#open.loaded) this.#reviewedSeq ??= this.#open.seenSeq;
    this.text = text;
    this.problem = null;
    this.#clientMessageId = null;
    this.#keep();
    this.#typing.touched(text);
  }

  setNote(note: boolean): void {
    this.note = note;
    this.#clientMessageId = null;
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

  tick(): void {
    this.#typing.tick();
  }

  /** The connection is back. */
  resumed(): void {
    this.#typing.resume();
  }

  /** The new replies have been read: *Send* sends again. */
  review(): void {
    this.#reviewedSeq = this.#open.seenSeq;
    this.#refusedFor = 0;
    this.problem = null;
  }

  /** Keeps the text as a draft and stops typing. */
  leave(): void {
    this.#typing.stop();
    this.phase = 'writing';
  }

  requestSend(): void {
    if (this.text.trim() === '' || this.phase !== 'writing' || this.unreviewed > 0) return;
    this.problem = null;
    this.phase = 'waiting';
    void this.sendIfPossible();
  }

  cancel(): void {
    if (this.phase === 'waiting') this.phase = 'writing';
  }

  /** Called whenever the inbox may have caught up. */
  async sendIfPossible(): Promise<void> {
    if (this.phase !== 'waiting' || !this.#open.caughtUp) return;
    if (this.unreviewed > 0) {
      this.phase = 'writing';
      return;
    }
    this.phase = 'sending';
    this.#clientMessageId ??= newClientMessageId();
    const answer = this.#open.inbox.heed(
      await sendMessage(this.#open.id, {
        text: this.text,
        clientMessageId: this.#clientMessageId,
        ...(this.note ? { note: true } : { lastSeenSeq: this.#open.seenSeq }),
      }),
    );
    if (answer.ok) this.#sent(answer.data);
    else this.#refused(answer);
  }

  #sent(message: Message): void {
    this.#open.inbox.apply({ type: 'message', message });
    this.#typing.forget();
    this.#typing.stop();
    this.#clientMessageId = null;
    this.#reviewedSeq = null;
    this.text = '';
    this.phase = 'writing';
    this.#keep();
  }

  #refused(refused: Refused): void {
    if (isAway(refused)) {
      // The server or its database is away: it goes out with the same id once it is back.
      setTimeout(() => this.#again(), refused.retryAfterMs ?? RETRY_MS);
      return;
    }
    this.phase = 'writing';
    if (refused.problem.code === 'stale_view') this.#refusedFor = Math.max(1, refused.problem.messages?.length ?? 0);
    else this.problem = refused;
  }

  #again(): void {
    if (this.phase !== 'sending') return;
    this.phase = 'waiting';
    void this.sendIfPossible();
  }

  #isReplyByOthers({ author, note, delivery }: Message): boolean {
    if (note || delivery === 'withheld' || delivery === 'failed') return false;
    if (author.kind === 'teammate') return author.id !== this.#open.inbox.meId;
    return author.kind === 'agent' || author.kind === 'external';
  }

  #keep(): void {
    this.#drafts.write(this.#open.id, { text: this.text, note: this.note });
  }
}
