import type { Delivery, Message } from '@baton/protocol';

export const conversationWords = {
  back: 'Back to the list',
  loading: 'Loading the conversation…',
  missing: 'There is no such conversation in this workspace.',
  log: 'Messages',
  older: 'Load earlier messages',
  empty: 'Nothing has been said yet.',
  note: 'Note',
  noteHint: 'Only the team sees this',
  you: 'You',
  agentDraft: 'The agent was about to say',
  useDraft: 'Use as draft',
  sendAnyway: 'Send anyway',
  edit: 'Edit',
  takeOver: 'Take over',
  takeOverHint: 'Switch Agent replies off here and assign the conversation to you (T)',
  handBack: 'Hand back',
  handBackHint: 'Switch Agent replies on, end the window, and let the agent answer what waits',
  agentReplies: 'Agent replies',
  on: 'on',
  off: 'off',
  instruction: 'Instruction for the agent (optional)',
  instructionHint:
    'The customer never sees this. With an instruction the agent makes one reply, even if nobody is waiting.',
  cancel: 'Cancel',
  assignee: 'Assigned to',
  nobody: 'Nobody',
  me: (name: string): string => `${name} (you)`,
  close: 'Close',
  reopen: 'Reopen',
  more: 'More',
  history: 'History',
  historyTitle: 'Transitions',
  historyFailed: 'The history could not be loaded.',
  historyEmpty: 'Nothing has happened yet.',
  columns: { version: 'No.', event: 'Event', change: 'From → to', by: 'By', at: 'At' },
  why: 'Why is the agent silent?',
  waiting: (since: string): string => (since === 'now' ? 'Customer waiting' : `Customer waiting ${since}`),
  viewing: (names: string, plural: boolean): string => `${names} ${plural ? 'are' : 'is'} here`,
  online: (name: string): string => `${name} has the chat open`,
  typing: (names: string, plural: boolean): string => `${names} ${plural ? 'are' : 'is'} typing…`,
  dismiss: 'Dismiss',
};

export const deliveryWords: Record<Delivery, string> = {
  queued: 'Queued',
  sending: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Failed: the channel refused it',
  withheld: 'Withheld: a person took over before it was sent',
  uncertain: 'Uncertain: it may have arrived',
};

export function authorWords({ author }: Message, meId: string): string {
  if (author.id === meId && author.kind === 'teammate') return conversationWords.you;
  switch (author.kind) {
    case 'agent':
      return author.name === '' ? 'Agent' : `${author.name} · agent`;
    case 'external':
      return author.name === '' ? 'Another device' : `${author.name} · another device`;
    case 'system':
      return 'Baton';
    case 'teammate':
    case 'customer':
      return author.name;
  }
}
