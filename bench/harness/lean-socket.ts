import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { FrameReader } from './frame-reader.ts';

const TEAM = '/team,';
/** All sockets read into it, one after the other: nothing is left to be collected. */
const buffer = Buffer.alloc(64 * 1024);

/**
 * A teammate's connection that reads of each frame only its name. Two hundred of Socket.IO's own clients in one process parse
 * 80 MB of `list` frames a second, and Node's own WebSocket makes strings of them: then the figures would tell of the load. It speaks Engine.IO 4 and Socket.IO 5.
 */
export class LeanSocket {
  readonly #socket: Socket;
  readonly #listeners = new Map<string, (body: string) => void>();
  readonly #acks = new Map<number, (answer: string) => void>();
  #asked = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Resolves when the namespace has taken the connection. */
  static connect(url: string, auth: object): Promise<LeanSocket> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const frames = new FrameReader((text) => {
        if (text.startsWith('0')) lean.#send(`40${TEAM}${JSON.stringify(auth)}`);
        else if (text.startsWith(`40${TEAM}`)) resolve(lean);
        else if (text.startsWith(`44${TEAM}`)) reject(new Error(`the connection was refused: ${text}`));
        else lean.#take(text);
      });
      let answer = '';
      const callback = (size: number): boolean => {
        const chunk = buffer.subarray(0, size);
        if (answer.endsWith('\r\n\r\n')) frames.read(chunk);
        else {
          const end = chunk.indexOf('\r\n\r\n') + 4;
          answer += chunk.toString('latin1', 0, end);
          frames.read(chunk.subarray(end));
        }
        return true;
      };
      const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback } });
      const lean = new LeanSocket(socket);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error(`the connection was closed: ${answer}`)));
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\n` +
          `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      );
    });
  }

  /** `tell` gets what came with it, as the JSON text that it is. */
  on(event: string, tell: (body: string) => void): void {
    this.#listeners.set(event, tell);
  }

  async emitWithAck(event: string, body: object): Promise<{ ok: boolean }> {
    const id = (this.#asked += 1);
    const answered = new Promise<string>((resolve) => this.#acks.set(id, resolve));
    this.#send(`42${TEAM}${id}${JSON.stringify([event, body])}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape of every answer of both servers
    const [answer] = JSON.parse(await answered) as [{ ok: boolean }];
    return answer;
  }

  disconnect(): void {
    this.#socket.destroy();
  }

  /** Masked, as clients must, by nothing. */
  #send(text: string): void {
    const body = Buffer.from(text);
    const length = body.length < 126 ? [0x80 | body.length] : [0xfe, body.length >> 8, body.length & 0xff];
    this.#socket.write(Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body]));
  }

  #take(frame: string): void {
    if (frame === '2') return this.#send('3');
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
