// A server process for the tests to kill: owns the folder given as argument until it is killed or told to stop.
import { startEmbeddedPostgres } from '../src/embedded/index.ts';

const [, , dataDir = ''] = process.argv;
const postgres = await startEmbeddedPostgres({ dataDir });
process.once('SIGTERM', () => void postgres.stop());
process.send?.('ready');
