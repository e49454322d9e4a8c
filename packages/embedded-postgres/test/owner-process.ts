// A server process for tests to kill: owns the folder in its argument until it ends.
import { startEmbeddedPostgres } from '../src/index.ts';

const [, , dataDir = ''] = process.argv;
const postgres = await startEmbeddedPostgres({ dataDir });
process.once('SIGTERM', () => void postgres.stop());
process.send?.('ready');
