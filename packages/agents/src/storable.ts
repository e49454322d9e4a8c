import { fieldErrors, messageText } from '@baton/protocol';
import { AgentError } from './failure.ts';

/** @throws AgentError if the text cannot be a message */
export function storableText(text: string): string {
  const parsed = messageText.safeParse(text);
  if (parsed.success) return parsed.data;
  const reasons = fieldErrors(parsed.error).map((error) => error.message);
  throw new AgentError({ kind: 'wrongShape', detail: `its text ${reasons.join(', ')}` });
}
