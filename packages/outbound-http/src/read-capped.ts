import type { IncomingMessage } from 'node:http';

/** Reads at most `limit` bytes; cuts a longer body and closes its connection. @throws when the stream breaks */
export async function readCapped(
  response: IncomingMessage,
  limit: number,
  onText?: (text: string) => void,
): Promise<{ body: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const decoder = new TextDecoder();
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    onText?.(decoder.decode(chunk, { stream: true }));
    // Leaving the loop destroys the stream.
    if (size > limit) break;
  }
  const body = Buffer.concat(chunks).subarray(0, limit).toString('utf8');
  return { body, truncated: size > limit };
}
