import { expect, test } from 'vitest';
import { NO_PROXIES } from '../../src/http/middleware/client-address.ts';
import { ConfigError, addressOf, isLoopback, readConfig } from '../../src/config.ts';

const read = (variables: Record<string, string | undefined>) => readConfig(variables, '/srv/baton');
const complaint = (variables: Record<string, string>) => {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return 'no complaint';
};

test('an empty environment is a loopback server on the embedded database', () => {
  expect(read({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    databaseUrl: null,
    redisUrl: null,
    dataDir: '/srv/baton/.data',
    secretKey: null,
    admin: null,
    allowPrivateNetwork: false,
    trustedProxies: NO_PROXIES,
    metricsToken: null,
    logLevel: 'info',
    development: false,
    root: '/srv/baton',
  });
});

test('an empty variable counts as not set', () => {
  expect(read({ PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '' })).toEqual(read({}));
});

test('every wrong variable is named with the reason, and no value is repeated', () => {
  const message = complaint({ PORT: '70000', PUBLIC_URL: 'ftp://x', SECRET_KEY: 'hunter2', LOG_LEVEL: 'loud' });
  for (const name of ['PORT must', 'PUBLIC_URL must', 'SECRET_KEY must', 'LOG_LEVEL']) expect(message).toContain(name);
  expect(message).not.toContain('hunter2');
});

test('a database of its own needs the secret that all nodes share', () => {
  expect(complaint({ DATABASE_URL: 'postgres://baton@db/baton' })).toContain('SECRET_KEY is needed with DATABASE_URL');
});

test('the first account needs an address and a password', () => {
  expect(complaint({ ADMIN_EMAIL: 'ada@example.com' })).toContain('ADMIN_PASSWORD is needed');
  expect(complaint({ ADMIN_PASSWORD: 'long enough' })).toContain('ADMIN_EMAIL is needed');
  expect(complaint({ ADMIN_API_KEY: 'k'.repeat(30) })).toContain('ADMIN_EMAIL is needed');
});

test('the public address is an origin', () => {
  expect(read({ PUBLIC_URL: 'https://inbox.example.com/' }).publicUrl).toBe('https://inbox.example.com');
  expect(complaint({ PUBLIC_URL: 'https://example.com/inbox' })).toContain('PUBLIC_URL must be an origin');
});

test('an address that a browser can open is made of any host', () => {
  expect(addressOf('127.0.0.1', 3000)).toBe('http://127.0.0.1:3000');
  expect(addressOf('0.0.0.0', 8080)).toBe('http://localhost:8080');
  expect(addressOf('::1', 80)).toBe('http://[::1]');
  expect([isLoopback('localhost'), isLoopback('0.0.0.0')]).toEqual([true, false]);
});
