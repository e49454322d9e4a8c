const TEAM = '/team,';

/**
 * A teammate's connection that reads of each frame only its name. Two hundred of Socket.IO's own clients in one process parse
 * 80 MB of `list` frames a second: then the figures would tell of the load. What is spoken is Engine.IO 4 and Socket.IO 5.
 */
export class LeanSocket {
  readonly #socket: WebSocket;
  readonly #listeners = new Map<string, (body: string) => void>();
  readonly #acks = new Map<number, (answer: string) => void>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Resolves when the namespace has taken the connection. */
  static connect(url: string, auth: object): Promise<LeanSocket> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const lean = new LeanSocket(socket);
    return new Promise((resolve, reject) => {
      socket.addEventListener('close', () => reject(new Error('the connection was closed')));
      socket.addEventListener('message', ({ data }: { data: unknown }) => {
        if (typeof data !== 'string') return;
        if (data.startsWith('0')) socket.send(`40${TEAM}${JSON.stringify(auth)}`);
        else if (data.startsWith(`40${TEAM}`)) resolve(lean);
        else if (data.startsWith(`44${TEAM}`)) reject(new Error(`the connection was refused: ${data}`));
        else lean.#take(data);
      });
    });
  }

  /** `tell` gets what came with it, as the JSON text that it is. */
  on(event: string, tell: (body: string) => void): void {
    this.#listeners.set(event, tell);
  }

  async emitWithAck(event: string, body: object): Promise<{ ok: boolean }> {
    const id = (this.#asked += 1);
    const answered = new Promise<string>((resolve) => this.#acks.set(id, resolve));
    this.#socket.send(`42${TEAM}${id}${JSON.stringify([event, body])}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape of every answer of both servers
    const [answer] = JSON.parse(await answered) as [{ ok: boolean }];
    return answer;
  }

  disconnect(): void {
    this.#socket.close();
  }

  #take(frame: string): void {
    if (frame === '2') return this.#socket.send('3');
    const start = `42${TEAM}["`;
    if (frame.startsWith(start)) {
      const end = frame.indexOf('"', start.length);
      this.#listeners.get(frame.slice(start.length, end))?.(frame.slice(end + 2, -1));
    } else if (frame.startsWith(`43${TEAM}`)) {
      const body = frame.indexOf('[');
      const id = Number(frame.slice(`43${TEAM}`.length, body));
      this.#acks.get(id)?.(frame.slice(body));
      this.#acks.delete(id);
    }
    return undefined;
  }
}
