import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAGS } from '../../src/api-docs/tags.ts';
import { type Api, ask, startApi } from '../http/api-fixture.ts';

let api: Api;
let operations: Operation[];

interface Operation {
  path: string;
  operationId: string;
  tags: string[];
  security?: Record<string, string[]>[];
  responses: Record<string, { $ref?: string }>;
}

beforeAll(async () => {
  api = await startApi({ publicUrl: 'https://inbox.example.com' });
  const { body } = await ask(api, 'GET /api/v1/openapi.json');
  operations = Object.entries<Record<string, Operation>>(body.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ ...operation, path })),
  );
});

afterAll(() => api.close());

const find = (id: string) => operations.find(({ operationId }) => operationId === id)!;
const problem = (id: string, status: number) => find(id).responses[status]?.$ref?.split('/').at(-1);

test('gives every operation an id of its own and a known tag', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(operations.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
  for (const { tags } of operations) expect(Object.keys(TAGS)).toContain(tags[0]);
});

test('names the address of this server', async () => {
  const { body } = await ask(api, 'GET /api/v1/openapi.json');
  expect(body.servers).toMatchObject([{ url: 'https://inbox.example.com' }]);
});

test('marks public routes, and the route that takes an inbound secret', () => {
  const open = operations.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId);
  expect(open.sort()).toEqual(['createVisitor', 'getSetup', 'setUpWorkspace']);
  expect(find('receiveMessage').security).toEqual([{ inboundSecret: [] }]);
});

test('lists the problems of an operation with their codes', () => {
  expect(problem('sendMessage', 409)).toBe('StaleViewOrConflict');
  expect(problem('sendMessage', 503)).toBe('UnavailableOrQuarantined');
  expect(problem('listAgents', 401)).toBe('Unauthenticated');
  expect(problem('listAgents', 409)).toBeUndefined();
  expect(problem('createVisitor', 401)).toBeUndefined();
});
