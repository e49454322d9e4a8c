/** Longer ones are passed over: `list` frames, which nobody here asks for. */
const LONGEST = 32 * 1024;
const NOTHING = Buffer.alloc(0);
const TEXT = 1;

/** Takes a server's WebSocket frames out of what a connection brings, which may be cut anywhere. */
export class FrameReader {
  readonly #tell: (text: string) => void;
  /** The beginning of a frame. */
  #rest: Buffer = NOTHING;
  /** Still to come of a frame that is passed over. */
  #skip = 0;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** The chunk may be written over afterwards. */
  read(chunk: Buffer): void {
    const passed = Math.min(this.#skip, chunk.length);
    this.#skip -= passed;
    let data = chunk.subarray(passed);
    if (data.length === 0) return;
    if (this.#rest.length > 0) data = Buffer.concat([this.#rest, data]);
    for (let frame = headOf(data); frame !== null; frame = headOf(data)) {
      const end = frame.start + frame.length;
      if (frame.length > LONGEST) this.#skip = Math.max(0, end - data.length);
      else if (data.length < end) break;
      else if (frame.kind === TEXT) this.#tell(data.toString('utf8', frame.start, end));
      data = data.subarray(end);
    }
    this.#rest = Buffer.from(data);
  }
}

/** Null where not all of it is there. */
function headOf(data: Buffer): { kind: number; start: number; length: number } | null {
  if (data.length < 2) return null;
  const short = data.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (data.length < start) return null;
  const length = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
  return { kind: data.readUInt8(0) & 0x0f, start, length };
}
