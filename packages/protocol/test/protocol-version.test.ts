import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as protocol from '../src/index.ts';

const maps = Object.entries({
  TEAM_CLIENT_EVENTS: protocol.TEAM_CLIENT_EVENTS,
  TEAM_SERVER_EVENTS: protocol.TEAM_SERVER_EVENTS,
  CUSTOMER_CLIENT_EVENTS: protocol.CUSTOMER_CLIENT_EVENTS,
  CUSTOMER_SERVER_EVENTS: protocol.CUSTOMER_SERVER_EVENTS,
}).flatMap(([map, schemas]) =>
  Object.entries<unknown>(schemas).map(([name, schema]): [string, unknown] => [`${map}.${name}`, schema]),
);

/** Every schema of the wire by name: bodies and answers of HTTP, and events of sockets in both directions. */
const schemas = [...Object.entries(protocol), ...maps].flatMap(([name, schema]) =>
  schema instanceof z.ZodType ? [{ name, schema }] : [],
);

/** The hash of a schema as JSON Schema, for what goes in and what comes out. */
function hashOf(schema: z.ZodType): string {
  const shapes = (['input', 'output'] as const).map((io) => z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 12);
}

const hashes = Object.fromEntries(schemas.map(({ name, schema }) => [name, hashOf(schema)]));

// A difference here changes the wire. If a client of the version before could break on it, raise PROTOCOL_VERSION. Then
// record the hashes: npx vitest run packages/protocol/test/protocol-version.test.ts --update
test('keeps the schemas of the wire until the protocol version is raised', async () => {
  const recorded = `${JSON.stringify({ version: protocol.PROTOCOL_VERSION, hashes }, null, 2)}\n`;
  await expect(recorded).toMatchFileSnapshot('protocol-version.json');
});

test('covers the events of both namespaces and the main bodies', () => {
  expect(Object.keys(hashes)).toEqual(
    expect.arrayContaining(['conversation', 'message', 'receiveMessage', 'TEAM_SERVER_EVENTS.list', 'problem']),
  );
});

test('gives another hash to a schema with another field', () => {
  expect(hashOf(protocol.message.extend({ mood: z.string() }))).not.toBe(hashOf(protocol.message));
});
