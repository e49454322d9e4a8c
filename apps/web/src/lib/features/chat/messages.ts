import type { Typist } from './chat-view.ts';

export const chatWords = {
  title: 'Chat with us',
  hello: 'Hello! How can we help?',
  log: 'Messages',
  you: 'You',
  agent: 'Agent',
  team: 'Team',
  name: 'Your name (optional)',
  write: 'Write a message',
  send: 'Send',
  waiting: 'Waiting to be sent',
  refused: 'This could not be sent',
  connecting: 'Connecting…',
  lost: 'No connection. What you write is sent as soon as it is back.',
  ended: 'This chat has ended.',
  missing: 'There is no such chat.',
  startAnew: 'Start a new chat',
  typing: (typists: readonly Typist[]): string =>
    `${typists.map(speaker).join(', ')} ${typists.length === 1 ? 'is' : 'are'} typing…`,
};

export function speaker({ kind, name }: Typist): string {
  if (kind === 'customer') return chatWords.you;
  if (name !== '') return name;
  return kind === 'agent' ? chatWords.agent : chatWords.team;
}
