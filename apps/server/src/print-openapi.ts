import { channelModules } from '@baton/channels';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createApp } from './app.ts';
import type { AppDeps } from './deps.ts';
import { DEFAULT_LIMITS } from './http/server-config.ts';
import { NO_PROXIES } from './http/middleware/client-address.ts';

// Prints the OpenAPI document: `node apps/server/src/print-openapi.ts > openapi.json`. It needs no database, because
// generating the document handles no request.

const publicUrl = 'http://localhost:3000';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only a request would use the other parts
const deps = {
  config: {
    publicUrl,
    trustedOrigins: [publicUrl],
    trustedProxies: NO_PROXIES,
    allowPrivateNetwork: false,
    demoAccounts: [],
    metricsToken: null,
    limits: DEFAULT_LIMITS,
  },
  channels: channelModules,
  intake: {},
  metrics: new Registry(),
  logger: pino(pino.destination(2)),
} as unknown as AppDeps;

const response = await createApp(deps).request('/api/v1/openapi.json');
process.stdout.write(`${JSON.stringify(await response.json(), null, 2)}\n`);
