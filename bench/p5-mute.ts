import type { Figure } from './harness/figure.ts';
import type { LeanSocket } from './harness/lean-socket.ts';
import { connectTeam, disconnect, openChannel, using, watch, watched } from './harness/load.ts';
import { startBare, startBaton } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { atRate, pause, quantile, WARM_UP_SECONDS } from './harness/timing.ts';

const TYPISTS = 50;
const INTAKE_PER_SECOND = 1_000;
const CUSTOMERS = 1_000;

/** P-5: the first keystroke until the database has muted the agent, while customers write 1 000 messages a second. */
export async function mute({ pick }: Scale): Promise<Figure[]> {
  const forSeconds = pick(6, 60);
  const ours = await using(startBaton(), async (baton) => {
    const write = await openChannel(baton);
    const ids: string[] = [];
    for (let typist = 0; typist < TYPISTS; typist += 1) ids.push((await write(`typed ${typist}`)).conversationId);
    const sockets = await connectTeam(baton, TYPISTS);
    await Promise.all(sockets.map((socket, index) => watch(socket, ids[index] ?? '')));
    const samples: number[] = [];
    const loadSeconds = WARM_UP_SECONDS + forSeconds;
    const load = atRate(INTAKE_PER_SECOND, loadSeconds, async (index) => void (await write(index % CUSTOMERS)));
    await pause(WARM_UP_SECONDS * 1000);
    const end = performance.now() + forSeconds * 1000;
    const stalls = await watched(baton, async () => {
      await Promise.all(sockets.map((socket, index) => type(socket, ids[index] ?? '', end, samples)));
    });
    await load;
    disconnect(sockets);
    return { samples, stalls };
  });
  const bare = await using(startBare(), async (program) => {
    const sockets = await connectTeam(program, TYPISTS);
    const samples: number[] = [];
    const end = performance.now() + 2_000;
    await Promise.all(sockets.map((socket) => type(socket, 'room', end, samples)));
    disconnect(sockets);
    return samples;
  });
  return [
    {
      goal: { id: 'P-5', text: '< 40 ms under P-3 load' },
      name: 'keystroke until muted in the database, p99',
      value: quantile(ours.samples, 0.99),
      unit: 'ms',
      limit: { name: 'a bare Socket.IO answer, no load', value: quantile(bare, 0.99) },
      details: { keystrokes: ours.samples.length, 'p50 in ms': quantile(ours.samples, 0.5), ...ours.stalls },
    },
  ];
}

/** The answer comes when the lease is committed. Then the composer is emptied, and it begins anew. */
async function type(socket: LeanSocket, conversationId: string, end: number, samples: number[]): Promise<void> {
  while (performance.now() < end) {
    const start = performance.now();
    await expectOk(socket, { conversationId, typing: true });
    samples.push(performance.now() - start);
    await expectOk(socket, { conversationId, typing: false });
    await pause(400 + Math.random() * 400);
  }
}

async function expectOk(socket: LeanSocket, body: object): Promise<void> {
  const answer = await socket.emitWithAck('typing', body);
  if (!answer.ok) throw new Error(`typing was refused: ${JSON.stringify(answer)}`);
}
