import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printOpenapi, staleFiles } from '../setup/generate-client.mjs';

export const openapi = {
  name: 'openapi',
  says: 'the OpenAPI document is clean by Redocly’s rules, and the client is generated from it (npm run generate)',
  async run() {
    const document = await printOpenapi();
    const { ok, output } = await lint(document);
    const stale = await staleFiles(document);
    return { ok: ok && stale.length === 0, output: [output, ...stale.map((name) => `${name} is stale`)].join('\n') };
  },
  canary: {
    files: {
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Canary', version: '1' },
        paths: {
          '/things/{id}': { get: { responses: { 200: { $ref: '#/components/responses/Gone' } } } },
        },
      }),
    },
    run: (cwd) => lint(JSON.parse(readFileSync(join(cwd, 'openapi.json'), 'utf8'))),
    notices: [
      'no-unresolved-refs',
      'operation-operationId',
      'operation-4xx-response',
      'path-parameters-defined',
      'security-defined',
      'no-empty-servers',
    ],
  },
};

// GET /setup has no input and no credential, so nothing that a caller does can be wrong.
const TAKES_NOTHING = '#/paths/~1api~1v1~1setup/get/responses';

async function lint(document) {
  // Imported late: this file is loaded before anything is installed.
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'operation-operationId': 'error',
      'operation-operationId-unique': 'error',
      'operation-tag-defined': 'error',
      // The document describes this server, and it may well run on localhost.
      'no-server-example.com': 'off',
    },
  });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  const problems = found.filter(({ location }) => location[0]?.pointer !== TAKES_NOTHING);
  const lines = problems.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? 'document'})`,
  );
  return { ok: problems.length === 0, output: lines.join('\n') };
}
