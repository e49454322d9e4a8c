/** The nodes of a simulated installation, by number. */
export type NodeNumber = 0 | 1 | 2;
export type WhichConversation = 0 | 1;

/** Acts of people and customers. Each is self-contained, so that deleting one leaves the others meaningful. */
export type Act =
  | { act: 'customer writes'; n: number }
  /** The provider delivers the same inbound message again. */
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
  /** The channel echoes a message sent by Baton, or by the phone app. */
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
  /** Continues the `nth` pending call of that name, with the outcome `how`. */
  | { do: 'go on'; what: string; nth: number; how: string }
  | { do: 'time'; ms: number }
  | { do: 'act'; at: NodeNumber; in: WhichConversation; act: Act }
  | { do: 'rules'; change: RulesChange }
  /** The node loses its memory. With `landing`, requests it has sent still arrive. */
  | { do: 'crash'; node: NodeNumber; landing: boolean }
  | { do: 'stop' | 'start'; node: NodeNumber }
  | { do: 'freeze'; node: NodeNumber; ms: number };

export function describeMove(move: Move): string {
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
