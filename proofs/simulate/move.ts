/** The nodes of a simulated installation, by number. */
export type NodeNumber = 0 | 1 | 2;
export type WhichConversation = 0 | 1;

/** What people and customers do, complete in itself: deleting one move leaves the others their meaning. */
export type Act =
  | { act: 'customer writes'; n: number }
  /** The same inbound message once more, as providers do. */
  | { act: 'delivered again'; of: number }
  | { act: 'teammate sends'; who: Who; n: number; seen: 'all' | 'nothing' | 'forced'; note: boolean }
  | { act: 'sends anyway'; who: Who; nth: number }
  | { act: 'types'; who: Who }
  | { act: 'stops typing'; who: Who }
  | { act: 'loses connection'; who: Who }
  | { act: 'takes over'; who: Who }
  | { act: 'hands back'; who: Who; instruction: string | null }
  | { act: 'closes' | 'reopens' | 'assigns'; who: Who }
  | { act: 'snoozes'; who: Who; ms: number }
  /** What the channel shows of what was sent: by Baton, or by the phone app. */
  | { act: 'own echo'; nth: number }
  | { act: 'foreign echo'; n: number; agoMs: number; automated: boolean };

export type Who = 'tom' | 'uma';

export interface RulesChange {
  muteWhenHumanActive: boolean;
  humanPriorityWindowSeconds: number;
  replyDelaySeconds: number;
  paused: boolean;
}

export type Move =
  /** Lets one thing that waits go on: the `nth` of that name, in this way. */
  | { do: 'go on'; what: string; nth: number; how: string }
  | { do: 'time'; ms: number }
  | { do: 'act'; at: NodeNumber; in: WhichConversation; act: Act }
  | { do: 'rules'; change: RulesChange }
  /** All memory is lost; what it has asked of the database and of channels may still land. */
  | { do: 'crash'; node: NodeNumber; landing: boolean }
  | { do: 'stop' | 'start'; node: NodeNumber }
  | { do: 'freeze'; node: NodeNumber; ms: number };

export function inWords(move: Move): string {
  switch (move.do) {
    case 'go on':
      return `${move.what}${move.nth > 0 ? ` (#${move.nth + 1})` : ''}: ${move.how}`;
    case 'time':
      return `${move.ms} ms pass`;
    case 'act': {
      const { act, ...details } = move.act;
      return `node ${move.at}, conversation ${move.in}: ${act} ${JSON.stringify(details)}`;
    }
    case 'rules':
      return `rules become ${JSON.stringify(move.change)}`;
    case 'crash':
      return `node ${move.node} crashes${move.landing ? '; what it had asked for still lands' : ''}`;
    case 'stop':
    case 'start':
      return `node ${move.node} is told to ${move.do}`;
    case 'freeze':
      return `node ${move.node} freezes for ${move.ms} ms`;
  }
}
