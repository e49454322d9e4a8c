/**
 * The client id of what a person sends in place of a message that did not go out: asked for twice it is one message (SEND-6), and
 * everybody sees what has been made up for.
 */
export function sendAnywayId(messageId: string): string {
  return `send-anyway:${messageId}`;
}
