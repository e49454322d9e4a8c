/** A message as the customer's device received it, in order. */
export interface Receipt {
  messageId: string;
  conversationId: string;
  seq: number;
  byAgent: boolean;
  providerId: string;
  text: string;
}
