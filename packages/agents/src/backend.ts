import type { Reply, ReplyRequest } from '@baton/protocol';

/** What makes the replies of an agent. */
export interface AgentBackend {
  /**
   * Answers what waits, hands the conversation to people, or says nothing.
   * Stops at once, and closes what it has open, when `signal` aborts: it then rejects with the signal's reason.
   * `onPartial` is told how far the text has come, each time all of it; backends that answer at once never call it.
   * @throws AgentError whatever else prevents a reply
   */
  reply(request: ReplyRequest, signal: AbortSignal, onPartial?: (text: string) => void): Promise<Reply>;
}
