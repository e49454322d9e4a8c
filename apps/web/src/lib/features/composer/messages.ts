import { numberText } from '../../i18n/format.ts';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const composerWords = texts(
  {
    reply: m.composer_reply,
    note: m.composer_note,
    kind: m.composer_kind,
    noteFor: m.composer_note_for,
    replyHint: m.composer_reply_hint,
    noteHint: m.composer_note_hint,
    send: m.composer_send,
    saveNote: m.composer_save_note,
    waiting: m.composer_waiting,
    cancel: m.composer_cancel,
    undo: m.composer_undo,
    undoHint: m.composer_undo_hint,
    reviewHint: m.composer_review_hint,
  },
  {
    replyTo: (name: string): string => m.composer_reply_to({ name }),
    held: (seconds: number): string => m.composer_held({ seconds }),
    review: (count: number): string => m.composer_review({ count }),
    tooLong: (limit: number): string => m.composer_too_long({ limit: numberText(limit) }),
  },
);
