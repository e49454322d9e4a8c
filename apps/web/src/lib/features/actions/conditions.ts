import type { Conversation } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import type { ActionContext, Possibility } from './action.ts';

/** The reason why an action is not possible; null where it is. */
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

/** For actions on the open conversation. */
export function inConversation(
  obstacle: (conversation: Conversation, context: ActionContext) => Obstacle = () => null,
): (context: ActionContext) => Possibility {
  return unless((context) =>
    context.conversation === undefined ? m.why_no_conversation() : obstacle(context.conversation, context),
  );
}

/** For changes of the open conversation: they need an up-to-date view (SEE-3). */
export function changing(
  obstacle: (conversation: Conversation, context: ActionContext) => Obstacle,
): (context: ActionContext) => Possibility {
  return inConversation(
    (conversation, context) => obstacle(conversation, context) ?? (context.caughtUp ? null : m.why_not_caught_up()),
  );
}

type ListPosition = NonNullable<ActionContext['list']>;

/** For pages that show the list; elsewhere the key does nothing. */
export function withList(obstacle: (list: ListPosition) => Obstacle): (context: ActionContext) => Possibility {
  return ({ list }) => {
    if (list === undefined) return { ok: false, why: m.why_no_list(), silent: true };
    const why = obstacle(list);
    return why === null ? { ok: true } : { ok: false, why };
  };
}

/** For steps through the list. */
export function inList(obstacle: (list: ListPosition) => Obstacle): (context: ActionContext) => Possibility {
  return withList((list) => (list.rows === 0 ? m.why_empty_list() : obstacle(list)));
}
