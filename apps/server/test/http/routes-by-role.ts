import type { Role } from '@baton/protocol';

/** Ids that a route names, of the company whose things are asked for. */
export interface Ids {
  agent: string;
  channel: string;
  webchat: string;
  conversation: string;
  message: string;
  teammate: string;
  apiKey: string;
  knowledge: string;
}

export interface Route {
  route: (ids: Ids) => string;
  /** The least role that gets further than 403. */
  least: Role;
  body?: (ids: Ids) => unknown;
  /** Names a thing by its id, so that one of another workspace must be 404. */
  names?: true;
}

let email = 0;
export const person = () => ({
  name: 'New',
  email: `new${++email}@example.com`,
  password: 'long enough',
  role: 'teammate',
});
export const entry = { question: 'Where?', answer: 'Here.' };

/** Every route that takes a caller. `access.pg.test.ts` compares it with the API's own document. */
export const ROUTES: Record<string, Route> = {
  'GET /me': { route: () => 'GET /me', least: 'teammate' },
  'PATCH /me': { route: () => 'PATCH /me', least: 'teammate', body: () => ({ name: 'Renamed' }) },
  'GET /teammates': { route: () => 'GET /teammates', least: 'teammate' },
  'POST /teammates': { route: () => 'POST /teammates', least: 'owner', body: person },
  'PATCH /teammates/{id}': {
    route: ({ teammate }) => `PATCH /teammates/${teammate}`,
    least: 'owner',
    body: () => ({ role: 'teammate' }),
    names: true,
  },
  'DELETE /teammates/{id}': { route: ({ teammate }) => `DELETE /teammates/${teammate}`, least: 'owner', names: true },
  'GET /api-keys': { route: () => 'GET /api-keys', least: 'owner' },
  'POST /api-keys': {
    route: () => 'POST /api-keys',
    least: 'owner',
    body: ({ teammate }) => ({ name: 'key', teammateId: teammate }),
  },
  'DELETE /api-keys/{id}': { route: ({ apiKey }) => `DELETE /api-keys/${apiKey}`, least: 'owner', names: true },
  'GET /agents': { route: () => 'GET /agents', least: 'teammate' },
  'POST /agents': {
    route: () => 'POST /agents',
    least: 'owner',
    body: () => ({ name: 'Second', backend: { kind: 'faq' } }),
  },
  'GET /agents/{id}': { route: ({ agent }) => `GET /agents/${agent}`, least: 'teammate', names: true },
  'PATCH /agents/{id}': {
    route: ({ agent }) => `PATCH /agents/${agent}`,
    least: 'supervisor',
    body: () => ({ paused: false }),
    names: true,
  },
  'GET /agents/{id}/human-interaction-rules': {
    route: ({ agent }) => `GET /agents/${agent}/human-interaction-rules`,
    least: 'teammate',
    names: true,
  },
  'PUT /agents/{id}/human-interaction-rules': {
    route: ({ agent }) => `PUT /agents/${agent}/human-interaction-rules`,
    least: 'supervisor',
    body: () => ({ replyDelaySeconds: 3 }),
    names: true,
  },
  'POST /agents/{id}/test': {
    route: ({ agent }) => `POST /agents/${agent}/test`,
    least: 'supervisor',
    body: () => ({ text: 'Where?' }),
    names: true,
  },
  'POST /simulations': {
    route: () => 'POST /simulations',
    least: 'teammate',
    body: () => ({ script: 'person' }),
  },
  'GET /knowledge': { route: () => 'GET /knowledge', least: 'teammate' },
  'POST /knowledge': { route: () => 'POST /knowledge', least: 'supervisor', body: () => entry },
  'PUT /knowledge/{id}': {
    route: ({ knowledge }) => `PUT /knowledge/${knowledge}`,
    least: 'supervisor',
    body: () => entry,
    names: true,
  },
  'DELETE /knowledge/{id}': {
    route: ({ knowledge }) => `DELETE /knowledge/${knowledge}`,
    least: 'supervisor',
    names: true,
  },
  'GET /channels': { route: () => 'GET /channels', least: 'teammate' },
  'POST /channels': {
    route: () => 'POST /channels',
    least: 'owner',
    body: ({ agent }) => ({ kind: 'http', name: 'Shop', agentId: agent }),
  },
  'PATCH /channels/{id}': {
    route: ({ webchat }) => `PATCH /channels/${webchat}`,
    least: 'owner',
    body: () => ({ name: 'Chat' }),
    names: true,
  },
  'POST /channels/{id}/secrets': {
    route: ({ webchat }) => `POST /channels/${webchat}/secrets`,
    least: 'owner',
    body: () => ({ secret: 'signing' }),
    names: true,
  },
  'DELETE /channels/{id}': { route: ({ webchat }) => `DELETE /channels/${webchat}`, least: 'owner', names: true },
  'GET /channels/{id}/activity': {
    route: ({ channel }) => `GET /channels/${channel}/activity`,
    least: 'supervisor',
    names: true,
  },
  'GET /supervise/board': { route: () => 'GET /supervise/board', least: 'supervisor' },
  'GET /conversations': { route: () => 'GET /conversations', least: 'teammate' },
  'GET /conversations/counts': { route: () => 'GET /conversations/counts', least: 'teammate' },
  'GET /conversations/{id}': {
    route: ({ conversation }) => `GET /conversations/${conversation}`,
    least: 'teammate',
    names: true,
  },
  'GET /conversations/{id}/messages': {
    route: ({ conversation }) => `GET /conversations/${conversation}/messages`,
    least: 'teammate',
    names: true,
  },
  'POST /conversations/{id}/messages': {
    route: ({ conversation }) => `POST /conversations/${conversation}/messages`,
    least: 'teammate',
    body: () => ({ text: 'Hello', clientMessageId: `c${++email}`, force: true }),
    names: true,
  },
  'POST /conversations/{id}/messages/{messageId}/send': {
    route: ({ conversation, message }) => `POST /conversations/${conversation}/messages/${message}/send`,
    least: 'teammate',
    names: true,
  },
  'PUT /conversations/{id}/agent-replies': {
    route: ({ conversation }) => `PUT /conversations/${conversation}/agent-replies`,
    least: 'teammate',
    body: () => ({ enabled: false }),
    names: true,
  },
  'PUT /conversations/{id}/assignee': {
    route: ({ conversation }) => `PUT /conversations/${conversation}/assignee`,
    least: 'teammate',
    body: () => ({ assigneeId: null }),
    names: true,
  },
  'PUT /conversations/{id}/status': {
    route: ({ conversation }) => `PUT /conversations/${conversation}/status`,
    least: 'teammate',
    body: () => ({ status: 'open' }),
    names: true,
  },
  'POST /conversations/{id}/typing': {
    route: ({ conversation }) => `POST /conversations/${conversation}/typing`,
    least: 'teammate',
    body: () => ({ typing: true }),
    names: true,
  },
  'GET /conversations/{id}/transitions': {
    route: ({ conversation }) => `GET /conversations/${conversation}/transitions`,
    least: 'teammate',
    names: true,
  },
  'GET /conversations/{id}/drafts': {
    route: ({ conversation }) => `GET /conversations/${conversation}/drafts`,
    least: 'teammate',
    names: true,
  },
  'DELETE /conversations/{id}/quarantine': {
    route: ({ conversation }) => `DELETE /conversations/${conversation}/quarantine`,
    least: 'owner',
    names: true,
  },
  'PUT /conversations/{id}/read': {
    route: ({ conversation }) => `PUT /conversations/${conversation}/read`,
    least: 'teammate',
    body: () => ({ seq: 1 }),
    names: true,
  },
};

/** These are let in by something else than a caller's credential; they have tests of their own. */
export const BY_OTHER_MEANS = [
  'GET /setup',
  'POST /setup',
  'POST /channels/{id}/messages',
  'POST /channels/{id}/visitors',
] as const;
