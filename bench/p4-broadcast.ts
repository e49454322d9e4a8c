import type { Figure } from './harness/figure.ts';
import { connectTeam, disconnect, openChannel, post, using, watch } from './harness/load.ts';
import { startBare, startBaton, type Program } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { closedLoop, pause, seconds } from './harness/timing.ts';

const WATCHERS = 200;
const WRITERS = 16;

/** P-4: one conversation that 200 teammates watch: frames that arrive per second, each message being two. */
export async function broadcast({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(4, 30);
  const ours = await using(startBaton(), async (baton) => {
    const write = await openChannel(baton);
    const { conversationId } = await write(1);
    return frames(baton, conversationId, forSeconds, () => write(1));
  });
  const bare = await using(startBare(), (program) =>
    frames(program, 'room', forSeconds, () =>
      post(`${program.url}/rooms/room`, {
        id: '01a2042a-59d1-70d5-bbed-393d221b5d56',
        seq: 17,
        text: 'When do you open?',
      }),
    ),
  );
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

async function frames(program: Program, conversationId: string, forSeconds: number, write: () => Promise<unknown>) {
  const sockets = await connectTeam(program, WATCHERS);
  await Promise.all(sockets.map((socket) => watch(socket, conversationId)));
  let count = 0;
  for (const socket of sockets) {
    for (const event of ['message', 'conversation']) socket.on(event, () => void (count += 1));
  }
  const cpu = await program.cpuSeconds();
  let messages = 0;
  const took = await seconds(async () => {
    messages = await closedLoop(WRITERS, forSeconds, async () => void (await write()));
    const expected = messages * WATCHERS * 2;
    for (let tries = 0; tries < 1_000; tries += 1) {
      if (count >= expected) break;
      await pause(5);
    }
  });
  const spent = (await program.cpuSeconds()) - cpu;
  disconnect(sockets);
  return { perSecond: count / took, cpu: (spent / count) * 1e6, messages, took };
}
