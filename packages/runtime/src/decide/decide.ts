import type { Command } from './commands.ts';
import { type Decision, type Situation, UNCHANGED } from './decision.ts';
import { decideReceive } from './receive.ts';
import {
  decideClaimReply,
  decideReplyCutShort,
  decideReplyFailed,
  decideReplyHandoff,
  decideReplyReady,
} from './replies.ts';
import { decideSend, decideSendAnyway } from './send.ts';
import { decideAssign, decideSetAgentReplies, decideStatus } from './team.ts';
import { decideStartTyping, decideStopTyping } from './typing.ts';

/** Turns a command into events, or rejects it. Pure except for `newId`. */
export function decide(command: Command, situation: Situation): Decision {
  switch (command.type) {
    case 'receive':
      return decideReceive(command, situation);
    case 'send':
      return decideSend(command, situation);
    case 'sendAnyway':
      return decideSendAnyway(command, situation);
    case 'startTyping':
      return decideStartTyping(command, situation);
    case 'stopTyping':
      return decideStopTyping(command, situation);
    case 'setAgentReplies':
      return decideSetAgentReplies(command, situation);
    case 'assign':
      return decideAssign(command, situation);
    case 'close':
    case 'reopen':
    case 'snooze':
      return decideStatus(command, situation);
    case 'replyReady':
      return decideReplyReady(command, situation);
    case 'replyHandoff':
      return decideReplyHandoff(command, situation);
    case 'replyCutShort':
      return decideReplyCutShort(command, situation);
    case 'replyFailed':
      return decideReplyFailed(command, situation);
    case 'claimReply':
      return decideClaimReply(command, situation);
    case 'wake':
      // `fold` applies due deadlines before any command.
      return UNCHANGED;
  }
}

/** The id of the stored message that a command refers to, or null. */
export function namedBy(command: Command): string | null {
  return command.type === 'sendAnyway' ? command.messageId : null;
}
