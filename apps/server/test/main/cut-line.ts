import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a database that can be cut, and mended: what is behind it is away and comes back. */
export class CutLine {
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  #isCut = false;
  #port = 0;

  constructor(databaseUrl: string) {
    this.#target = new URL(databaseUrl);
  }

  /** The database's address, over this line. */
  get url(): string {
    return Object.assign(new URL(this.#target), { port: String(this.#port) }).href;
  }

  readonly #server = createServer((near) => {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
