import { pino, type DestinationStream, type Logger } from 'pino';
import { z } from 'zod';
import type { LogLevel } from '../config.ts';

/** Nothing of these is ever written, wherever in an entry it stands. */
const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'token', 'secret', 'key'];

/** One JSON object a line; at a terminal one readable line each. */
export function createLogger(level: LogLevel): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = {
    level,
    base: null,
    redact: { paths, censor: '…' },
    serializers: { err: whatAndWhere },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (process.stdout.isTTY) return pino(options, terminal);
  const output = pino.destination({ sync: true });
  // A log that nobody reads any more must not keep the server from ending in good order.
  output.on('error', () => {});
  return pino(options, output);
}

/**
 * Of an error what it is and where, and nothing that was in hand. Drizzle tells all parameters of a query in its message:
 * session tokens, addresses, what customers write. PostgreSQL tells the row in a field, and others hold errors in fields of theirs.
 */
export function whatAndWhere(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const params = paramsOf(error);
  const clean = (text: string) => params.reduce((rest, each) => rest.replaceAll(each, ''), text);
  return { type, message: clean(message), stack: clean(stack), ...('code' in error && { code: error.code }) };
}

/** As they stand in the message; whoever wraps such an error tells its message too. */
function paramsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'params' in error && Array.isArray(error.params) ? [`\nparams: ${error.params.join()}`] : [];
  return [...own, ...paramsOf(error.cause)];
}

const entry = z.object({
  level: z.number(),
  time: z.string(),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
});

const terminal: DestinationStream = {
  write(line) {
    const { level, time, msg, err } = entry.parse(JSON.parse(line));
    const because = err ? ` (${err.message})` : '';
    const name = level >= 40 ? `${pino.levels.labels[level] ?? ''} ` : '';
    process.stdout.write(`${time.slice(11, 19)} ${name}${msg}${because}\n`);
  },
};
