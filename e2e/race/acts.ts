import type { Api, HttpCustomer } from '../support/api.ts';

/** What a person does to take over. Resolves once it is acknowledged, with the id of the message that it made. */
export type Act = (conversationId: string, person: Api, customer: HttpCustomer) => Promise<Done>;

interface Done {
  messageId: string | null;
  /** The agent may speak again. */
  letGo(): Promise<unknown>;
}

const typing: Act = async (id, person) => {
  await person.type(id, true);
  return { messageId: null, letGo: () => person.type(id, false) };
};

const switchesOff: Act = async (id, person) => {
  await person.setAgentReplies(id, false);
  return { messageId: null, letGo: () => person.setAgentReplies(id, true) };
};

const takesOver: Act = async (id, person) => {
  await person.setAgentReplies(id, false, true);
  return { messageId: null, letGo: () => person.setAgentReplies(id, true) };
};

const writes: Act = async (id, person) => {
  const how = { clientMessageId: crypto.randomUUID(), force: true };
  const { id: messageId } = await person.send(id, 'a person answers', how);
  return { messageId, letGo: () => person.setAgentReplies(id, true) };
};

/** From the phone, which Baton learns of by its channel. */
const writesElsewhere: Act = async (id, person, customer) => {
  const { messageId } = await customer.echoes(crypto.randomUUID(), 'a person answers from the phone');
  return { messageId, letGo: () => person.setAgentReplies(id, true) };
};

export const ACTS: Record<string, Act> = { typing, switchesOff, takesOver, writes, writesElsewhere };
