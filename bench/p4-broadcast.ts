import type { Figure } from './harness/figure.ts';
import { connectTeam, disconnect, openChannel, post, using, watch } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { closedLoop, pause, seconds } from './harness/timing.ts';

const WATCHERS = 200;
const WRITERS = Array.from({ length: 16 }, (_, writer) => writer);
const MESSAGE = { id: '01a2042a-59d1-70d5-bbed-393d221b5d56', seq: 17, text: 'When do you open?' };

/**
 * P-4: frames that arrive per second where 200 teammates watch 16 conversations, each message being two frames for each of
 * them. One writer to each conversation, who waits for the answer: commits of one conversation would fold, and tell less.
 */
export async function broadcast({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(4, 30);
  const ours = await using(startBaton(), async (baton) => {
    const write = await openChannel(baton);
    const opened = await Promise.all(WRITERS.map((writer) => write(writer)));
    const ids = opened.map(({ conversationId }) => conversationId);
    return frames(baton, ids, forSeconds, (writer) => write(writer));
  });
  const bare = await using(startBare(), (program) => {
    const rooms = WRITERS.map((writer) => `room-${writer}`);
    return frames(program, rooms, forSeconds, (writer) => post(`${program.url}/rooms/room-${writer}`, MESSAGE));
  });
  return [
    {
      goal: { id: 'P-4', text: '>= 0.8' },
      name: 'broadcast to 200 who watch',
      value: ours.perSecond,
      unit: 'frames/s',
      limit: { name: 'a bare Socket.IO room', value: bare.perSecond },
      details: {
        'µs of the server per frame': ours.cpu,
        'µs of the bare server per frame': bare.cpu,
        'ratio by CPU time': bare.cpu / ours.cpu,
        'messages per second': ours.messages / ours.took,
      },
    },
  ];
}

async function frames(
  program: Program,
  conversationIds: string[],
  forSeconds: number,
  write: (writer: number) => Promise<unknown>,
) {
  const sockets = await connectTeam(program, WATCHERS);
  for (const id of conversationIds) await Promise.all(sockets.map((socket) => watch(socket, id)));
  let count = 0;
  for (const socket of sockets) {
    for (const event of ['message', 'conversation']) socket.on(event, () => void (count += 1));
  }
  const cpu = await program.cpuSeconds();
  let messages = 0;
  const took = await seconds(async () => {
    messages = await closedLoop(WRITERS.length, forSeconds, async (writer) => void (await write(writer)));
    const expected = messages * WATCHERS * 2;
    for (let tries = 0; tries < 4_000; tries += 1) {
      if (count >= expected) break;
      await pause(5);
    }
    if (count !== expected)
      throw new Error(`${count} frames came, and not ${expected}: ours and bare would not compare`);
  });
  const spent = (await program.cpuSeconds()) - cpu;
  disconnect(sockets);
  return { perSecond: count / took, cpu: (spent / count) * 1e6, messages, took };
}
