import { PostgresStore } from '@baton/database';
import { readBacklog } from '@baton/database/queries/backlog';
import { getRequestListener } from '@hono/node-server';
import { createOutboundClient } from '@baton/outbound-http';
import { realScheduler } from '@baton/runtime';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { createAuth } from './auth/auth.ts';
import { channelModules, settingsSeal, visitorTokens } from '@baton/channels';
import { addressOf, readConfig, type Config } from './config.ts';
import { offeredAccounts } from './demo/accounts.ts';
import { createSimulations } from './demo/create-simulations.ts';
import { prepareDemo } from './demo/fill-demo.ts';
import { createIntake } from './http/intake.ts';
import { DEFAULT_LIMITS, trustedOrigins } from './http/server-config.ts';
import { joinEngines } from './cluster/join-engines.ts';
import { openClusterBus } from './cluster/open-cluster-bus.ts';
import { measureBacklog } from './process/backlog-metrics.ts';
import { openDatabase } from './process/database.ts';
import { forceExitAfter, MAX_SHUTDOWN_MS, ShutdownHooks } from './process/shutdown.ts';
import { explain } from './process/explain.ts';
import { firstStart, mayBeDemo, offerSetUp } from './process/first-start.ts';
import { openGate, type Gate } from './process/gate.ts';
import { createLogger } from './logging/log.ts';
import { createMetrics } from './process/metrics.ts';
import { readiness } from './process/readiness.ts';
import { secretKey } from './process/secret-key.ts';
import { stopOnBug, stopSignal, untilStopped, type StopSignal } from './process/stop-signal.ts';
import { createRealtime } from './realtime/realtime.ts';
import { realtimeReads } from './realtime/fan-out/reads.ts';
import { everyInterval as every } from './timing/every.ts';
import { dispatch } from './web/dispatch.ts';
import { noticeEndings } from './web/notice-endings.ts';
import { openPages } from './web/pages.ts';
import { endStrayUpgrades } from './web/stray-upgrades.ts';
import { serveWidget } from './web/widget.ts';
import { AgentBackendRegistry } from './workers/agent-backend-registry.ts';
import { AgentReplier } from './workers/agent-replier.ts';
import { ChannelSender } from './workers/channel-sender.ts';
import { startHousekeeping } from './workers/housekeeping.ts';
import { databaseClock, startEngine } from './workers/engine.ts';
import { agentTrials } from './workers/try-agent.ts';

/** Wires the server and opens it. Each started part adds a shutdown hook; the hooks run in reverse order. */
async function start(config: Config, gate: Gate, hooks: ShutdownHooks, logger: Logger, stopping: StopSignal) {
  const { signal } = stopping;
  const publicUrl = config.publicUrl ?? addressOf(config.host, gate.port);
  const origins = trustedOrigins(publicUrl);

  const onLost = (error: unknown) => {
    logger.fatal({ err: error }, 'the embedded PostgreSQL is lost');
    stopping.stop('database lost');
  };
  const database = await openDatabase({ config, logger, signal, onLost });
  hooks.add('PostgreSQL', () => database.stop());
  hooks.add('database connections', () => database.close());
  signal.throwIfAborted();
  const { db, reach } = database;
  const store = new PostgresStore(database.sql);
  const key = await secretKey(config.secretKey, config.dataDir);
  const auth = createAuth({ db, secretKey: key, publicUrl, trustedOrigins: origins });
  const visitors = visitorTokens(key);
  const seal = settingsSeal(key);
  const state = await reach(() => firstStart({ config, db, auth }));
  const bus = openClusterBus({ redisUrl: config.redisUrl, secretKey: key, every, logger });
  hooks.add('cluster bus', () => bus.close());

  const metrics = createMetrics();
  const clock = databaseClock();
  const realtime = createRealtime({
    reads: realtimeReads(db),
    trustedOrigins: origins,
    bus,
    every,
    now: () => clock.now(),
    logger,
  });
  const engine = await reach(() =>
    startEngine({
      store,
      clock,
      publisher: realtime.publisher,
      scheduler: realScheduler,
      every,
      logger,
      onQuarantine: () => metrics.quarantines.inc(),
    }),
  );
  const { runtime, typing, now } = engine;
  joinEngines(bus, engine);
  const http = createOutboundClient({ allowPrivateNetwork: config.allowPrivateNetwork });
  hooks.add('outgoing connections', async () => http.close());
  const backends = new AgentBackendRegistry({ db, sql: database.sql, http, now });
  hooks.add('runtime and workers', () => engine.stop());

  const intake = createIntake(database);
  const simulations = createSimulations(db, {
    runtime,
    intake,
    scheduler: realScheduler,
    chats: realtime.chats,
  });
  hooks.add('simulated customers', async () => simulations.stop());

  const housekeeping = startHousekeeping({ db, scheduler: realScheduler, logger, onSwept: metrics.swept });
  hooks.add('housekeeping', () => housekeeping.stop());
  measureBacklog(metrics.registry, () => readBacklog(db));
  metrics.measure({ actors: () => runtime.actors, otherNodes: () => bus.peers, ...realtime.connections });
  const app = createApp({
    db,
    runtime,
    typing: engine.requestTyping,
    intake,
    channels: channelModules,
    updates: realtime.updates,
    simulations,
    trials: agentTrials(backends),
    auth,
    setupToken: offerSetUp(state === 'setup', key, publicUrl, logger),
    visitorTokens: visitors,
    settingsSeal: seal,
    now,
    isReady: readiness(db, signal),
    config: {
      publicUrl,
      trustedOrigins: origins,
      trustedProxies: config.trustedProxies,
      allowPrivateNetwork: config.allowPrivateNetwork,
      demoAccounts: await reach(() => offeredAccounts(db, mayBeDemo(config), state === 'demo')),
      metricsToken: config.metricsToken,
      limits: DEFAULT_LIMITS,
    },
    metrics: metrics.registry,
    logger,
  });
  const pages = await openPages({ ...config, publicUrl, server: gate.server, logger });
  hooks.add('pages', () => pages.close());
  signal.throwIfAborted();

  hooks.add('requests', () => gate.closed(3_000));
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  gate.open(
    dispatch(
      noticeEndings(
        (...call) => void api(...call),
        () => realtime.accessChanged(),
      ),
      serveWidget(config.root, pages.serve),
    ),
  );
  hooks.add('sockets', () => realtime.close());
  realtime.serve(gate.server, { auth, visitorTokens: visitors, runtime, typing });
  if (!config.development) endStrayUpgrades(gate.server);

  const demo = state === 'demo' ? await prepareDemo({ db, auth, runtime, typing, now, intake, every }) : null;
  engine.work({
    replier: new AgentReplier({ backends, onReplying: (...who) => realtime.setReplyingAgent(...who) }),
    sender: new ChannelSender({ sql: database.sql, channels: channelModules, seal, http, now }),
  });
  // Runs in the background. If the server stops early, the demo stays smaller.
  void demo?.fill().catch((error: unknown) => logger.debug({ err: error }, 'filling the demo failed'));
  return publicUrl;
}

/** Runs the server until it must stop. Returns the exit code. */
async function run(config: Config, stopping: StopSignal): Promise<number> {
  const { signal } = stopping;
  const logger = createLogger(config.logLevel);
  stopOnBug(stopping, (error) => logger.fatal({ err: error }, 'uncaught error'));
  const hooks = new ShutdownHooks((error, name) => logger.error({ err: error }, `shutdown of ${name} failed`));
  const gate = await openGate(config.host, config.port);
  try {
    const address = await start(config, gate, hooks, logger, stopping);
    process.stdout.write(`Baton is ready at ${address}\n`);
    await untilStopped(stopping);
  } catch (error) {
    // Stopping during the start makes parts of it fail, which is no error.
    if (!signal.aborted) throw error;
  } finally {
    logger.info({ reason: signal.reason as unknown }, 'stopping');
    forceExitAfter(MAX_SHUTDOWN_MS, () =>
      logger.warn('shutdown took too long; the next start continues unfinished work'),
    );
    gate.drain();
    await hooks.run();
  }
  return signal.reason === 'database lost' || signal.reason === 'bug' ? 1 : 0;
}

const stopping = stopSignal();
let config: Config | null = null;
try {
  config = readConfig(process.env, process.cwd());
  process.exit(await run(config, stopping));
} catch (error) {
  const sentence = explain(error, config);
  // Operators get a sentence for errors they can fix; a bug shows its stack.
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exit(1);
}
