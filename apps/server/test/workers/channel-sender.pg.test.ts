import type { OutgoingMessage } from '@baton/protocol';
import { insertChannel } from '@baton/database/queries/channels';
import type { SendJob } from '@baton/runtime';
import { createOutboundClient, type OutboundClient } from '@baton/outbound-http';
import { channelModules, newSigningSecret } from '@baton/channels';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  json,
  type LocalServer,
  startLocalServer,
} from '../../../../packages/outbound-http/src/testing/local-server.ts';
import { ChannelSender } from '../../src/workers/channel-sender.ts';
import { type Api, found, startApi } from '../http/api-fixture.ts';

let api: Api;
let callback: LocalServer;
let http: OutboundClient;

beforeEach(async () => {
  [api, callback] = await Promise.all([startApi(), startLocalServer(json(200, {}))]);
  http = createOutboundClient({ allowPrivateNetwork: true });
});

afterEach(async () => {
  http.close();
  await callback.close();
  await api.close();
});

test('[SEND-4] sends nothing when a slow look-up of the channel outlives the claim', async () => {
  const { db, sql } = api.connections;
  const { workspaceId, agentId } = await found(api);
  const channel = await insertChannel(db, workspaceId, {
    kind: 'http',
    name: 'Callback',
    agentId,
    settings: { callbackUrl: callback.url },
    inboundSecretHash: '',
    signingSecret: newSigningSecret(),
  });
  const conversationId = v7();
  const outgoing: OutgoingMessage = { messageId: v7(), conversationId, seq: 1, author: { kind: 'agent' }, text: 'Hi' };
  const job: SendJob = {
    key: { workspaceId, conversationId },
    channelId: channel?.id ?? '',
    channelKind: 'http',
    recipient: 'ann',
    message: {
      ...outgoing,
      id: outgoing.messageId,
      author: { kind: 'agent', id: agentId, name: 'Robot' },
      note: false,
      createdAt: new Date().toISOString(),
      revision: 1,
      delivery: 'sending',
      retrying: false,
      clientMessageId: null,
    },
    turn: 1,
    attempts: 0,
    mayHaveArrived: false,
    claimedAt: null,
  };
  const sender = new ChannelSender({ sql, channels: channelModules, seal: api.deps.settingsSeal, http, now: Date.now });
  const never = new AbortController().signal;
  const late = new Error('too late');
  let isLate = false;
  const throwIfLate = (): void => {
    if (isLate) throw late;
  };

  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = db.transaction(async (tx) => {
    await tx.execute('lock table channels in access exclusive mode');
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const sending = sender.send(job, outgoing, never, throwIfLate);
  isLate = true;
  release.resolve();
  await expect(sending).rejects.toBe(late);
  await holding;
  expect(callback.received).toEqual([]);

  isLate = false;
  expect(await sender.send(job, outgoing, never, throwIfLate)).toMatchObject({ kind: 'sent' });
  expect(callback.received).toHaveLength(1);
});
