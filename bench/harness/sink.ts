import { createServer } from 'node:http';

/** Where the agent's replies go: takes every one at once, and counts. */
export interface Sink {
  url: string;
  taken(): number;
  close(): void;
}

export async function openSink(): Promise<Sink> {
  let taken = 0;
  const server = createServer((request, response) => {
    taken += 1;
    request.resume();
    response.writeHead(204).end();
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
