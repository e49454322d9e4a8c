import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { findNode } from './node.mjs';
import { ROOT } from './paths.mjs';

const folder = join(ROOT, 'packages/client/src/generated');
const HEADER = '// Generated from the OpenAPI document by `npm run generate`.\n\n';

/** The OpenAPI document as the server publishes it. */
export async function printOpenapi() {
  const { code, output } = await run(findNode(), ['apps/server/src/print-openapi.ts'], { cwd: ROOT });
  if (code !== 0) throw new Error(`The OpenAPI document cannot be generated:\n${output}`);
  return JSON.parse(output);
}

/** The client's generated files by name, from an OpenAPI document. */
async function generateClient(document) {
  // Imported late: this file is loaded before anything is installed.
  const { default: openapiTypescript, astToString } = await import('openapi-typescript');
  const types = astToString(await openapiTypescript(document, { defaultNonNullable: false }));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `  ${operationId}: '${method.toUpperCase()} ${path}',\n`,
    ),
  );
  return {
    'openapi.ts': HEADER + withoutNoise(types),
    'operations.ts': `${HEADER}/** Method and path of each operation. */\nexport const OPERATIONS = {\n${operations.sort().join('')}} as const;\n`,
  };
}

/** Drops what the client never reads: the index by path, the parts that an operation lacks, and response headers. */
function withoutNoise(types) {
  return types
    .slice(types.indexOf('export interface components'))
    .replace('export type $defs = Record<string, never>;\n', '')
    .replaceAll(/^ +\w+\??: never;\n/gm, '')
    .replaceAll(/^ +headers: \{\n +\[name: string\]: unknown;\n +\};\n/gm, '');
}

export async function writeClient() {
  for (const [name, text] of Object.entries(await generateClient(await printOpenapi()))) {
    writeFileSync(join(folder, name), text);
  }
}

/** Generated files that are not as the document says. */
export async function staleFiles(document) {
  const files = Object.entries(await generateClient(document));
  return files.filter(([name, text]) => readFileSync(join(folder, name), 'utf8') !== text).map(([name]) => name);
}
