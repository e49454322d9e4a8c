import { StoreUnavailable } from '@baton/runtime';
import { expect, test } from 'vitest';
import { connect } from '../src/connect.ts';
import { openConversation } from '../src/store/open-conversation.ts';
import { PostgresStore } from '../src/store/postgres-store.ts';
import { isUnrelatedFailure, isUnavailable } from '../src/store/unavailable.ts';

test('what says that the database is away is told from what a statement did wrong', () => {
  const coded = (code: string) => Object.assign(new Error('it failed'), { code });
  for (const code of ['57P01', '57P03', '53300', '53100', '25006', '08006', 'ECONNREFUSED', 'CONNECTION_CLOSED']) {
    expect(isUnavailable(coded(code))).toBe(true);
  }
  for (const code of ['23505', 'BT001', '42601', '22P02', '40P01']) expect(isUnavailable(coded(code))).toBe(false);
  expect(isUnavailable(new Error('wrapped', { cause: coded('57P01') }))).toBe(true);
  expect(isUnavailable('57P01')).toBe(false);
});

test('what befalls every commit alike is told from what one did wrong', () => {
  const coded = (code: string) => Object.assign(new Error('it failed'), { code });
  for (const code of [
    'XX001',
    'XX002',
    'XX000',
    '42703',
    '42501',
    '0A000',
    '26000',
    '28P01',
    '3D000',
    '40P01',
    '55006',
  ]) {
    expect(isUnrelatedFailure(coded(code)), code).toBe(true);
  }
  for (const code of ['23505', '23514', 'BT001', '22P02', '22P05', '54000', 'P0001']) {
    expect(isUnrelatedFailure(coded(code)), code).toBe(false);
  }
  expect(isUnrelatedFailure(new TypeError('a bug of ours'))).toBe(false);
});

test('a database that is away is StoreUnavailable at once, whichever way it is asked', async () => {
  const connections = connect('postgres://nobody@127.0.0.1:1/none');
  await expect(new PostgresStore(connections.sql).now()).rejects.toThrow(StoreUnavailable);
  const opening = { workspaceId: '0', channelId: '0', customerExternalId: '0' };
  await expect(openConversation(connections.sql, opening)).rejects.toThrow(StoreUnavailable);
  await connections.close();
});
