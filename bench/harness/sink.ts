import { createServer } from 'node:http';

/** The fields of a callback that benchmarks read. */
export interface Arrival {
  conversationId: string;
  seq: number;
}

/** The callback receiver: accepts each reply immediately and counts it. */
export interface Sink {
  url: string;
  taken(): number;
  close(): void;
}

export async function openSink(onReply: (arrival: Arrival) => void): Promise<Sink> {
  let taken = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      taken += 1;
      onReply(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    taken: () => taken,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
