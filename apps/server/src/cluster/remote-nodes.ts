import type { ConversationKey } from '@baton/runtime';
import type { NewsPort } from '../deps.ts';
import type { NodeTalk } from './cluster-bus.ts';
import type { Word } from './messages.ts';
import type { CustomerTyping } from '../realtime/fan-out/customer-typing.ts';
import type { FanOut } from '../realtime/fan-out/fan-out.ts';
import type { PresenceBoard } from '../realtime/presence/presence-board.ts';
import type { ReplyingAgents } from '../realtime/presence/replying-agents.ts';

export interface NeighboursParts {
  talk: NodeTalk;
  board: PresenceBoard;
  typing: CustomerTyping;
  replying: ReplyingAgents;
  fanOut: FanOut;
  /** Something that others told was lost. */
  onMissed: () => void;
  /** A session, a key or a membership may have ended. */
  onEnded: () => void;
  /** A person has read a conversation up to here. */
  onRead: NewsPort['read'];
  /** An agent of this workspace was paused or resumed. */
  onAgents: (workspaceId: string) => void;
}

/** Conversations in one part of the answer to `ask`. */
const IN_ONE_WORD = 200;

/** What this node's sockets learn of other nodes, and what those learn of this one. */
export class Neighbours {
  readonly #parts: NeighboursParts;
  #isAsked = false;

  constructor(parts: NeighboursParts) {
    this.#parts = parts;
    parts.talk.listen({
      heard: (word, node) => this.#heard(word, node),
      gone: (node) => this.#replace(node, [], []),
      asked: () => (this.#isAsked = true),
      missed: parts.onMissed,
    });
  }

  /** To be called every 250 ms: whoever has asked meanwhile gets one answer, which is for all. */
  answer(): void {
    if (!this.#isAsked) return;
    this.#isAsked = false;
    const { talk, board, replying } = this.#parts;
    const seats = board.open().map((key) => ({ key, seats: board.here(key) }));
    talk.tell({ type: 'here', isFirst: true, seats: seats.slice(0, IN_ONE_WORD), replying: replying.allHere() });
    for (let from = IN_ONE_WORD; from < seats.length; from += IN_ONE_WORD) {
      talk.tell({ type: 'here', isFirst: false, seats: seats.slice(from, from + IN_ONE_WORD), replying: [] });
    }
  }

  #heard(word: Word, node: string): void {
    const { board, replying, typing, fanOut, onEnded, onRead, onAgents } = this.#parts;
    switch (word.type) {
      case 'changed':
        return fanOut.changedThere(word.key, word.conversation, word.messages);
      case 'delivered':
        return fanOut.deliveredThere(word.key, word.messages);
      case 'seats':
        return board.place(node, word.key, word.seats);
      case 'replying':
        replying.on(node, word.key, word.agent);
        return typing.agentChanged(word.key);
      case 'here':
        if (word.isFirst) return this.#replace(node, word.seats, word.replying);
        for (const { key, seats } of word.seats) board.place(node, key, seats);
        return undefined;
      case 'drafted':
        return fanOut.draftedThere(word.key, word.draft);
      case 'read':
        return onRead(word.reader, word.marker);
      case 'agents':
        return onAgents(word.workspaceId);
      case 'ended':
        return onEnded();
      case 'aborted':
      case 'ask':
      case 'bye':
        return undefined;
    }
  }

  #replace(
    node: string,
    seats: Extract<Word, { type: 'here' }>['seats'],
    agents: { key: ConversationKey; agent: string | null }[],
  ): void {
    const { board, replying, typing } = this.#parts;
    board.replace(node, seats);
    const before = replying.vacate(node);
    for (const { key, agent } of agents) replying.on(node, key, agent);
    for (const key of [...before, ...agents.map((each) => each.key)]) typing.agentChanged(key);
  }
}
