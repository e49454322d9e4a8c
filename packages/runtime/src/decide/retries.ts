import type { Message } from '@baton/protocol';
import type { Command } from './commands.ts';
import type { Decision } from './decision.ts';

/**
 * Did whoever gives this command write that message, so that one id on both tells of a retry? Client ids are chosen by clients,
 * customers among them: one that somebody else has used already says nothing of what is written now (SEND-6).
 */
export function isRetry(command: Command, { author }: Pick<Message, 'author'>): boolean {
  if (command.type === 'send') return author.kind === 'teammate' && author.id === command.by.id;
  if (command.type === 'receive' && command.clientMessageId !== null) return author.kind === 'customer';
  return true;
}

export const TAKEN = {
  kind: 'rejected',
  code: 'conflict',
  detail: 'somebody else has used this clientMessageId',
} as const satisfies Decision;
