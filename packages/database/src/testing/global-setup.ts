import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.ts';

/** Vitest's global setup of every project whose tests use Postgres: one server for the run, gone without a trace after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
