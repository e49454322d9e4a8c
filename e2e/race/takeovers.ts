import type { Api, HttpCustomer } from '../support/api.ts';

/** One way to take over. Resolves once the server has acknowledged it, with the id of the message it made. */
export type Takeover = (conversationId: string, person: Api, customer: HttpCustomer) => Promise<TakenOver>;

interface TakenOver {
  messageId: string | null;
  /** Lets the agent speak again. */
  release(): Promise<unknown>;
}

const typing: Takeover = async (id, person) => {
  await person.type(id, true);
  return { messageId: null, release: () => person.type(id, false) };
};

const switchesOff: Takeover = async (id, person) => {
  await person.setAgentReplies(id, false);
  return { messageId: null, release: () => person.setAgentReplies(id, true) };
};

const takesOver: Takeover = async (id, person) => {
  await person.setAgentReplies(id, false, true);
  return { messageId: null, release: () => person.setAgentReplies(id, true) };
};

const writes: Takeover = async (id, person) => {
  const how = { clientMessageId: crypto.randomUUID(), force: true };
  const { id: messageId } = await person.send(id, 'a person answers', how);
  return { messageId, release: () => person.setAgentReplies(id, true) };
};

/** A message from the business's phone, which the channel reports as an echo. */
const writesElsewhere: Takeover = async (id, person, customer) => {
  const { messageId } = await customer.echoes(crypto.randomUUID(), 'a person answers from the phone');
  return { messageId, release: () => person.setAgentReplies(id, true) };
};

export const TAKEOVERS: Record<string, Takeover> = { typing, switchesOff, takesOver, writes, writesElsewhere };
