import type { Delivery, Message } from '@baton/protocol';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const conversationWords = texts(
  {
    back: m.conversation_back,
    loading: m.conversation_loading,
    missing: m.conversation_missing,
    log: m.conversation_log,
    older: m.conversation_older,
    newLine: m.conversation_new_line,
    empty: m.conversation_empty,
    note: m.conversation_note,
    noteHint: m.conversation_note_hint,
    you: m.conversation_you,
    agentDraft: m.conversation_agent_draft,
    useDraft: m.conversation_use_draft,
    sendAnyway: m.conversation_send_anyway,
    retry: m.conversation_retry,
    retrying: m.delivery_retrying,
    edit: m.conversation_edit,
    takeOver: m.conversation_take_over,
    takeOverHint: m.conversation_take_over_hint,
    handBack: m.conversation_hand_back,
    handBackShort: m.conversation_hand_back_short,
    handBackHint: m.conversation_hand_back_hint,
    agentReplies: m.conversation_agent_replies,
    handedBackWith: m.conversation_handed_back_with,
    instruction: m.conversation_instruction,
    instructionHint: m.conversation_instruction_hint,
    cancel: m.conversation_cancel,
    assignee: m.conversation_assignee,
    nobody: m.conversation_nobody,
    close: m.conversation_close,
    reopen: m.conversation_reopen,
    history: m.conversation_history,
    details: m.conversation_details,
    holding: m.conversation_holding,
    stateSince: m.conversation_state_since,
    agentResumes: m.conversation_agent_resumes,
    customerWaits: m.conversation_customer_waits,
    seeStatechart: m.conversation_see_statechart,
    customer: m.conversation_customer,
    channel: m.conversation_channel,
    until: m.conversation_until,
    why: m.conversation_why,
    dismiss: m.conversation_dismiss,
  },
  {
    toNew: (count: number): string => m.conversation_to_new({ count }),
    newBelow: (count: number): string => m.conversation_new_below({ count }),
    me: (name: string): string => m.conversation_me({ name }),
    waiting: (since: string): string =>
      since === m.holding_now() ? m.conversation_waiting() : m.conversation_waiting_since({ duration: since }),
    viewing: (names: string, plural: boolean): string =>
      m.conversation_viewing({ names, who: plural ? 'many' : 'one' }),
    away: (names: string, plural: boolean): string => m.conversation_away({ names, who: plural ? 'many' : 'one' }),
    online: (name: string): string => m.conversation_online({ name }),
    typing: (names: string, plural: boolean): string => m.conversation_typing({ names, who: plural ? 'many' : 'one' }),
  },
);

export const deliveryWords: Readonly<Record<Delivery, string>> = texts({
  queued: m.delivery_queued,
  sending: m.delivery_sending,
  sent: m.delivery_sent,
  delivered: m.delivery_delivered,
  read: m.delivery_read,
  failed: m.delivery_failed,
  withheld: m.delivery_withheld,
  uncertain: m.delivery_uncertain,
});

export function authorWords({ author: { kind, id, name } }: Message, meId: string): string {
  if (id === meId && kind === 'teammate') return m.conversation_you();
  switch (kind) {
    case 'agent':
      return name === '' ? m.conversation_author_agent() : m.conversation_author_named_agent({ name });
    case 'external':
      // Such a message names nobody: what it carries is the server's word for that, in English.
      return m.conversation_author_external();
    case 'system':
      return m.account_product();
    case 'teammate':
    case 'customer':
      return name;
  }
}
