// A webhook agent for Baton in one file: Node 18 or newer, nothing to install.
//
//   SECRET='the signing secret of the agent' node webhook-agent.mjs
//
// POST / streams the answer; POST /at-once sends the same answer as one document.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.SECRET ?? '';
const port = Number(process.env.PORT ?? 8081);
if (secret === '') {
  console.error('Set SECRET to the signing secret of the agent.');
  process.exit(1);
}

/** Makes the answer to the `waiting` messages. Call your model here. */
function answer({ waiting, facts }) {
  const asked = waiting.map(({ text }) => text).join('\n');
  if (/\bperson\b|\bhuman\b/i.test(asked)) {
    return { handoff: { reason: 'asked for a person', text: 'Of course. A colleague will answer you here.' } };
  }
  if (/^(ok|thanks|thank you)\W*$/i.test(asked)) return { silence: true };
  if (asked === '') return { reply: { text: `My team told me: ${facts.at(-1)}` } };
  return { reply: { text: `You wrote "${asked}". Shipping takes one to two working days.` } };
}

/** Standard Webhooks: an HMAC over id, time and raw body. The header is a list, so that secrets can be rotated. */
function isSigned(headers, body) {
  const id = headers['webhook-id'];
  const time = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/** Streams one word at a time, as a model does. Baton sends only the last line to the customer. */
async function stream(response, result) {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const words = (result.reply ?? result.handoff)?.text?.match(/\S+\s*/g) ?? [];
  for (const text of words) {
    // Baton closes the connection when a person takes over: stop the model, which costs money.
    if (response.destroyed) return console.log('called off');
    response.write(`${JSON.stringify({ delta: { text } })}\n`);
    await new Promise((go) => setTimeout(go, 150));
  }
  response.end(`${JSON.stringify(result)}\n`);
}

async function serve(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString('utf8');
  if (request.method !== 'POST' || !isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return console.log('rejected: not signed with this secret');
  }
  const turn = JSON.parse(body);
  console.log(
    'asked',
    JSON.stringify({ turn: turn.turn, waiting: turn.waiting.map(({ text }) => text), facts: turn.facts }),
  );
  const result = answer(turn);
  if (request.url !== '/at-once') return stream(response, result);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

const server = createServer((request, response) => void serve(request, response));
server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
