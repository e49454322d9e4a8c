import type { ChannelModules, SettingsSeal, VisitorTokens } from '@baton/channels';
import type { Ms } from '@baton/conversation';
import type { Database } from '@baton/database';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Auth } from './auth/auth.ts';
import type { SetupToken } from './auth/setup-token.ts';
import type { ServerConfig } from './http/server-config.ts';
import type { AgentTrials, Dispatcher, IntakePort, SimulationsPort, TeamUpdates, TypingPort } from './ports.ts';

/** The dependencies of the HTTP routes, wired in main.ts and, the same way, in tests. */
export interface AppDeps {
  /** Drizzle over its own pool; commits use another pool. */
  db: Database;
  runtime: Dispatcher;
  typing: TypingPort;
  intake: IntakePort;
  channels: ChannelModules;
  updates: TeamUpdates;
  simulations: SimulationsPort;
  trials: AgentTrials;
  auth: Auth;
  setupToken: SetupToken;
  visitorTokens: VisitorTokens;
  settingsSeal: SettingsSeal;
  /** The database's clock, as estimated by this node. */
  now: () => Ms;
  /** True if this node can serve requests; the result of `GET /readyz`. */
  isReady: () => Promise<boolean>;
  config: ServerConfig;
  metrics: Registry;
  logger: Logger;
}
