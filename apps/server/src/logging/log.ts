import { pino, type DestinationStream, type Logger } from 'pino';
import { z } from 'zod';
import type { LogLevel } from './log-level.ts';

/** The log never shows these fields, at any depth of an entry. */
const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'token', 'secret', 'key'];

/** Writes one JSON object per line, or one readable line at a terminal. */
export function createLogger(level: LogLevel): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = {
    level,
    base: null,
    redact: { paths, censor: '…' },
    serializers: { err: errorSummary },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (process.stdout.isTTY) return pino(options, terminal);
  const output = pino.destination({ sync: true });
  // A closed output must not disturb the shutdown.
  output.on('error', () => {});
  return pino(options, output);
}

/**
 * The type, message and stack of an error, without data. Drizzle puts all query parameters into its message: session
 * tokens, addresses, customers' texts. PostgreSQL puts the row into a field.
 */
export function errorSummary(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const params = paramsOf(error);
  const clean = (text: string) => params.reduce((rest, each) => rest.replaceAll(each, ''), text);
  return { type, message: clean(message), stack: clean(stack), ...('code' in error && { code: error.code }) };
}

/** The parameters as the message shows them; a wrapping error repeats that message. */
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
    const cause = err ? ` (${err.message})` : '';
    const name = level >= 40 ? `${pino.levels.labels[level] ?? ''} ` : '';
    process.stdout.write(`${time.slice(11, 19)} ${name}${msg}${cause}\n`);
  },
};
