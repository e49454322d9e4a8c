import type { Conversation } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import type { ActionContext, Possibility } from './action.ts';

/** Null where nothing stands in the way, else why not. */
type Obstacle = string | null;

export function always(): Possibility {
  return { ok: true };
}

export function unless(obstacle: (context: ActionContext) => Obstacle): (context: ActionContext) => Possibility {
  return (context) => {
    const why = obstacle(context);
    return why === null ? { ok: true } : { ok: false, why };
  };
}

/** For what is done with the conversation that is open. */
export function inConversation(
  obstacle: (conversation: Conversation, context: ActionContext) => Obstacle = () => null,
): (context: ActionContext) => Possibility {
  return unless((context) =>
    context.conversation === undefined ? m.why_no_conversation() : obstacle(context.conversation, context),
  );
}

/** For what changes the conversation that is open: only on the ground of what the server has. */
export function changing(
  obstacle: (conversation: Conversation, context: ActionContext) => Obstacle,
): (context: ActionContext) => Possibility {
  return inConversation(
    (conversation, context) => obstacle(conversation, context) ?? (context.caughtUp ? null : m.why_not_caught_up()),
  );
}

type ListPosition = NonNullable<ActionContext['list']>;

/** For a page that shows the list; elsewhere its key does nothing. */
export function withList(obstacle: (list: ListPosition) => Obstacle): (context: ActionContext) => Possibility {
  return ({ list }) => {
    if (list === undefined) return { ok: false, why: m.why_no_list(), silent: true };
    const why = obstacle(list);
    return why === null ? { ok: true } : { ok: false, why };
  };
}

/** For moving through the list. */
export function inList(obstacle: (list: ListPosition) => Obstacle): (context: ActionContext) => Possibility {
  return withList((list) => (list.rows === 0 ? m.why_empty_list() : obstacle(list)));
}
