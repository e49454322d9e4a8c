import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { Server } from 'socket.io';

/** The bare limit of benches over the network: an echo, rooms, and nothing else. */
const app = new Hono();
app.post('/echo', async (c) => c.json(await c.req.json(), 202));
app.post('/rooms/:room', async (c) => {
  const room = c.req.param('room');
  const message: unknown = await c.req.json();
  // The frames of a watcher per message: the message and its conversation.
  io.of('/team').to(room).emit('message', message);
  io.of('/team')
    .to(room)
    .emit('conversation', { ...CONVERSATION, lastMessage: message });
  return c.json({ ok: true }, 202);
});

const CONVERSATION = {
  id: '01a2042a-59d1-70d5-bbed-393d221b5d56',
  channelId: '01a2042a-59d1-70d5-bbed-393d221b5d57',
  agentId: '01a2042a-59d1-70d5-bbed-393d221b5d58',
  customer: { id: '01a2042a-59d1-70d5-bbed-393d221b5d59', name: 'Customer' },
  state: 'agentActive',
  phase: 'gathering',
  stateSince: '2026-01-01T00:00:00.000Z',
  holder: { kind: 'agent' },
  agentReplies: true,
  reason: null,
  status: 'open',
  version: 17,
  revision: 17,
  lastSeq: 17,
};

const server = createServer((request, response) => void getRequestListener(app.fetch)(request, response));
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.of('/team').on('connection', (socket) => {
  socket.on('watch', ({ conversationId }: { conversationId: string }, answer: (ack: object) => void) => {
    void socket.join(conversationId);
    answer({ ok: true });
  });
  socket.on('typing', (_: unknown, answer: (ack: object) => void) => answer({ ok: true }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`ready at http://127.0.0.1:${address.port}`);
});
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
