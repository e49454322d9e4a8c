import type { Person } from '@baton/protocol';
import type { Command, ConversationKey } from '@baton/runtime';
import type { Clients } from './clients.ts';
import type { Act, NodeNumber, Who } from './move.ts';
import type { Receipt } from './receipt.ts';
import type { ConversationRow } from './rows.ts';
import type { SimChannel } from './sim-channel.ts';
import type { SimNode } from './sim-node.ts';

const PEOPLE: Record<Who, Person> = { tom: { id: 'tom', name: 'Tom' }, uma: { id: 'uma', name: 'Uma' } };

export interface Stage {
  node: SimNode | null;
  number: NodeNumber;
  row: ConversationRow;
  clients: Clients;
  channel: SimChannel;
  now: number;
}

type Receive = Extract<Command, { type: 'receive' }>;

const INBOUND: Receive = {
  type: 'receive',
  from: 'customer',
  text: '',
  externalId: null,
  clientMessageId: null,
  sentAt: null,
  automated: false,
  imported: false,
};

/** Turns an act into requests to a node. */
export function perform(act: Act, stage: Stage): void {
  const { row, now } = stage;
  const ask: Asking = (name, command, text = null) => stage.clients.ask(stage.number, name, row.key, command, text);
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is the team's
  switch (act.act) {
    case 'customer writes':
      return ask(`c${act.n}`, customerSays(act.n, row.key), `c${act.n}`);
    case 'delivered again':
      if (row.messages.some(({ message }) => message.text === `c${act.of}`)) {
        ask(`c${act.of} again`, customerSays(act.of, row.key), `c${act.of}`);
      }
      return undefined;
    case 'teammate sends': {
      const { n, seen, note } = act;
      const lastSeenSeq = seen === 'forced' ? null : seen === 'all' ? row.view.lastSeq : 0;
      const by = PEOPLE[act.who];
      const told = { text: `t${n}`, clientMessageId: `t${n}`, lastSeenSeq, force: seen === 'forced', note };
      return ask(`t${n}`, { type: 'send', by, ...told }, `t${n}`);
    }
    case 'sends anyway': {
      const unsent = row.messages.filter(({ message: { delivery } }) => UNSENT.has(delivery ?? ''));
      const chosen = unsent[act.nth % Math.max(1, unsent.length)]?.message;
      if (chosen) ask(`${chosen.id} anyway`, { type: 'sendAnyway', by: PEOPLE[act.who], messageId: chosen.id });
      return undefined;
    }
    case 'own echo': {
      const shown = stage.channel.received.filter((it) => it.conversationId === row.key.conversationId);
      const it = shown[act.nth % Math.max(1, shown.length)];
      if (it) showOwn(it, stage, ask);
      return undefined;
    }
    case 'foreign echo': {
      const { n, agoMs, automated } = act;
      const echo = { from: 'business', text: `x${n}`, externalId: `x${n}`, sentAt: now - agoMs, automated } as const;
      return ask(`x${n}`, { ...INBOUND, ...echo }, `x${n}`);
    }
    default:
      return team(act, stage, ask);
  }
}

/** An echo with an id that the channel has returned before is ours. */
function showOwn({ messageId, providerId, text }: Receipt, { row, clients }: Stage, ask: Asking): void {
  const name = `echo of ${messageId}`;
  const isFirst = !clients.asks.some((earlier) => earlier.name === name);
  const isKnown = row.messages.some((it) => it.message.id === messageId && it.providerId === providerId);
  if (isFirst && isKnown) clients.ownEchoes.push({ key: row.key, externalId: providerId });
  ask(name, { ...INBOUND, from: 'business', text, externalId: providerId });
}

type Asking = (name: string, command: Command, text?: string | null) => void;

const UNSENT = new Set(['withheld', 'failed', 'uncertain']);

type TeamAct = Exclude<
  Act,
  { act: 'customer writes' | 'delivered again' | 'teammate sends' | 'sends anyway' | 'own echo' | 'foreign echo' }
>;

function team(act: TeamAct, { node, row, now }: Stage, ask: Asking): void {
  const { key } = row;
  const by = PEOPLE[act.who];
  switch (act.act) {
    case 'types':
      void node?.typing.typing(key, by, writerOf(act.who));
      return;
    case 'stops typing':
      void node?.typing.stopped(key, writerOf(act.who));
      return;
    case 'loses connection':
      return node?.typing.disconnected(writerOf(act.who));
    case 'takes over':
      return ask('take over', { type: 'setAgentReplies', by, enabled: false, instruction: null, assign: true });
    case 'hands back': {
      const { instruction } = act;
      return ask('hand back', { type: 'setAgentReplies', by, enabled: true, instruction, assign: false });
    }
    case 'closes':
      return ask('close', { type: 'close', by });
    case 'reopens':
      return ask('reopen', { type: 'reopen', by });
    case 'assigns':
      return ask('assign', { type: 'assign', by, assigneeId: by.id });
    case 'snoozes':
      return ask('snooze', { type: 'snooze', by, until: now + act.ms });
  }
}

function customerSays(n: number, { conversationId }: ConversationKey): Receive {
  return { ...INBOUND, text: `c${n}`, externalId: `c${n} of ${conversationId}` };
}

function writerOf(who: Who): string {
  return `the browser of ${who}`;
}
