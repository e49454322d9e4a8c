import { fieldErrors, messageText } from '@baton/protocol';
import { AgentError } from './failure.ts';

/** The text, if it may become a message. @throws AgentError if it may not */
export function storableText(text: string): string {
  const parsed = messageText.safeParse(text);
  if (parsed.success) return parsed.data;
  const why = fieldErrors(parsed.error).map((error) => error.message);
  throw new AgentError({ kind: 'wrongShape', detail: `its text ${why.join(', ')}` });
}
