/** What a customer's device has got, in order. */
export interface Receipt {
  messageId: string;
  conversationId: string;
  seq: number;
  byAgent: boolean;
  providerId: string;
  text: string;
}
