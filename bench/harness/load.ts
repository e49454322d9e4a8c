import { Agent, request } from 'node:http';
import { LeanSocket } from './lean-socket.ts';
import { API_KEY, type Program } from './program.ts';
import { type Stalls, watchStalls } from './stalls.ts';

const QUESTION = 'When do you open?';

/** A connection is dropped before the bare server, which keeps an idle one for 5 s, can drop it under a request. */
const agent = new Agent({ keepAlive: true, maxSockets: 128, timeout: 4_000 });

/** A request that must succeed. `fetch` would cost the load more than the server. */
export function post<Answer>(url: string, body: object, { key = API_KEY, method = 'POST' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
        else resolve(JSON.parse(text));
      });
    });
    sent.once('error', reject);
    sent.end(JSON.stringify(body));
  });
}

/**
 * A channel by which customers write: to a paused agent, so that nobody answers; or, where there is a sink for replies, to
 * one that answers what they ask at once.
 */
export async function openChannel({ url }: Program, repliesTo?: string) {
  const made = await post<{ id: string }>(`${url}/api/v1/agents`, { name: 'Bench', backend: { kind: 'faq' } });
  if (repliesTo === undefined) {
    await post(`${url}/api/v1/agents/${made.id}`, { paused: true }, { method: 'PATCH' });
  } else {
    await post(`${url}/api/v1/knowledge`, { question: QUESTION, answer: 'At eight, from Tuesday to Saturday.' });
    const rules = `${url}/api/v1/agents/${made.id}/human-interaction-rules`;
    await post(rules, { replyDelaySeconds: 0 }, { method: 'PUT' });
  }
  const settings = { callbackUrl: repliesTo ?? 'http://127.0.0.1:9/' };
  const { channel, inboundSecret } = await post<{ channel: { id: string }; inboundSecret: string }>(
    `${url}/api/v1/channels`,
    { kind: 'http', name: 'Bench', agentId: made.id, settings },
  );
  let count = 0;
  /** A customer writes; gives the conversation, and which message of it this is. */
  return (customer: number | string, text = QUESTION) =>
    post<{ conversationId: string; seq: number }>(
      `${url}/api/v1/channels/${channel.id}/messages`,
      { externalId: `m${(count += 1)}`, customer: { externalId: `c${customer}` }, text },
      { key: inboundSecret },
    );
}

/** A customer's first message opens a conversation, which is not what is measured. */
export async function firstMessages(write: (customer: number) => Promise<unknown>, customers: number): Promise<void> {
  for (let customer = 0; customer < customers; customer += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => write(customer + index)));
  }
}

/** So many teammates' sockets. */
export async function connectTeam({ url }: Program, count: number): Promise<LeanSocket[]> {
  const sockets: LeanSocket[] = [];
  let begun = 0;
  const connect = async () => {
    while (begun < count) {
      begun += 1;
      sockets.push(await LeanSocket.connect(url, { token: API_KEY }));
    }
  };
  await Promise.all(Array.from({ length: 16 }, connect));
  return sockets;
}

export async function watch(socket: LeanSocket, conversationId: string): Promise<void> {
  const answer = await socket.emitWithAck('watch', { conversationId });
  if (!answer.ok) throw new Error(`conversation ${conversationId} cannot be watched`);
}

export function disconnect(sockets: LeanSocket[]): void {
  for (const socket of sockets) socket.disconnect();
}

/** Runs what is measured with each server started in turn, ours and a bare one. */
export async function using<Started extends Program, Result>(
  starting: Promise<Started>,
  work: (program: Started) => Promise<Result>,
): Promise<Result> {
  const program = await starting;
  try {
    return await work(program);
  } finally {
    await program.stop();
  }
}

/** Does what is measured. Gives, to be printed, what kept the server's event loop meanwhile, and that of the load itself. */
export async function watched(program: Program, work: () => Promise<void>): Promise<Record<string, number>> {
  const [server, load] = [program.watchStalls(), watchStalls()];
  await work();
  return { ...named('the load', load()), ...named('the server', await server()) };
}

function named(whose: string, stalls: Stalls): Record<string, number> {
  return {
    [`${whose} late, p99 in ms`]: stalls.lateP99,
    [`${whose} late, most in ms`]: stalls.lateMost,
    [`collections of ${whose}`]: stalls.collections,
    [`longest of ${whose} in ms`]: stalls.collectionMost,
    [`all of ${whose} in ms`]: stalls.collectionAll,
  };
}
