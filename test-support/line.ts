import { connect, createServer, type Socket } from 'node:net';

/** The direction of bytes: from the client or from the server. */
export type Side = 'questions' | 'answers';

/** Two connected ends, and what is on its way between them. */
interface Call {
  near: Socket;
  far: Socket;
}

/**
 * A TCP line between two programs, on which all that happens to networks can be made to happen. Put it before a database, a
 * Redis or a node: nothing behind it needs to know.
 */
export class Line {
  private readonly target: { host: string; port: number };
  private readonly calls = new Set<Call>();
  private readonly held: (() => void)[] = [];
  private readonly swallowed = new Set<Side>();
  private readonly server = createServer((near) => this.dial(near));
  private port = 0;
  private state: 'open' | 'cut' | 'stalled' = 'open';
  private delayMs = 0;

  private constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.target = { host: hostname, port: Number(port) };
  }

  /** To the host and port of this address. */
  static async to(address: string): Promise<Line> {
    const line = new Line(address);
    await new Promise<void>((resolve, reject) => {
      line.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const listening = line.server.address();
    if (listening === null || typeof listening === 'string') throw new Error('a line is a TCP port');
    line.port = listening.port;
    return line;
  }

  /** The same address by way of this line; `postgres://` and `redis://` alike. */
  through(address: string): string {
    return Object.assign(new URL(address), { hostname: '127.0.0.1', port: String(this.port) }).href;
  }

  /** Ends every call, and refuses new ones: the other side is gone. */
  cut(): void {
    this.state = 'cut';
    this.hangUp();
  }

  /** Calls stay, and nothing moves, as with a network that drops every packet. Bytes arrive once it is mended. */
  stall(): void {
    this.state = 'stalled';
  }

  /** Says nothing of it and loses what this side says from now on. Before `cut`: an answer that never comes. */
  swallow(side: Side): void {
    this.swallowed.add(side);
  }

  /** Everything takes so much longer, in either direction. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** As good as new. Calls that lost something are ended: nobody could make sense of the rest. */
  mend(): void {
    if (this.swallowed.size > 0) this.hangUp();
    this.swallowed.clear();
    this.state = 'open';
    this.delayMs = 0;
    for (const pass of this.held.splice(0)) pass();
  }

  async close(): Promise<void> {
    this.cut();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private hangUp(): void {
    this.held.length = 0;
    for (const { near, far } of this.calls) {
      near.destroy();
      far.destroy();
    }
  }

  private dial(near: Socket): void {
    if (this.state === 'cut') return void near.destroy();
    const far = connect(this.target.port, this.target.host);
    const call = { near, far };
    this.calls.add(call);
    for (const end of [near, far]) {
      end.setNoDelay(true);
      // The client sees the connection end.
      end.on('error', () => {});
      end.on('close', () => {
        this.calls.delete(call);
        near.destroy();
        far.destroy();
      });
    }
    this.carry(near, far, 'questions');
    this.carry(far, near, 'answers');
  }

  /** In the order in which it was said, whatever happens to the line meanwhile. */
  private carry(from: Socket, to: Socket, side: Side): void {
    const waiting: { due: number; act: () => void }[] = [];
    const pass = (): void => {
      for (let first = waiting[0]; first; first = waiting[0]) {
        if (this.state === 'stalled') return void this.held.push(pass);
        const left = first.due - performance.now();
        if (left > 0) return void setTimeout(pass, left);
        waiting.shift();
        first.act();
      }
    };
    const say = (act: () => void): void => {
      waiting.push({ due: performance.now() + this.delayMs, act });
      pass();
    };
    from.on('data', (said: Buffer) => {
      if (this.swallowed.has(side)) return;
      say(() => {
        if (to.destroyed || to.write(said)) return;
        from.pause();
        to.once('drain', () => from.resume());
      });
    });
    from.on('end', () => say(() => to.end()));
  }
}
