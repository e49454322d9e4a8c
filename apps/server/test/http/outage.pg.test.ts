import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, ORIGIN, PASSWORD, receive, signIn, startApi } from './api-fixture.ts';
import { Line } from '../../../../test-support/line.ts';

let line: Line;
let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi({}, async (url) => {
    line = await Line.to(url);
    return line.through(url);
  });
  acme = await found(api);
});

afterAll(async () => {
  await api.close();
  await line.close();
});

test('answers 503 with a retry time while the database is away and then recovers', async () => {
  const bearer = acme.people.owner.key;
  const cookie = await signIn(api, acme.people.owner.email);
  const { conversationId: id } = (await receive(api, acme)).body;
  const message = { externalId: 'during', text: 'Anyone?' };
  const requests = (): ReturnType<typeof ask>[] => [
    ask(api, 'GET /api/v1/me', { bearer }),
    ask(api, 'GET /api/v1/me', { headers: { cookie } }),
    ask(api, 'GET /api/v1/conversations', { bearer }),
    ask(api, `PUT /api/v1/conversations/${id}/agent-replies`, { bearer, body: { enabled: true } }),
    ask(api, 'POST /api/auth/sign-in/email', {
      body: { email: acme.people.owner.email, password: PASSWORD },
      headers: { origin: ORIGIN },
    }),
    receive(api, acme, message),
  ];

  line.cut();
  for (const { status, headers, body } of await Promise.all(requests())) {
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
    expect(headers.get('retry-after')).toBe('1');
    expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0\.0\.1|select/);
  }

  line.mend();
  const answers = await Promise.all(requests());
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 202]);
  expect((await receive(api, acme, message)).body).toMatchObject({ duplicate: true });
});
