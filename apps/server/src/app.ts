import { makeProblem } from '@baton/protocol';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { AppDeps } from './deps.ts';
import { remoteAddress } from './http/middleware/remote-address.ts';
import { agentRulesRoutes } from './http/routes/agent-rules.ts';
import { agentTrialRoutes } from './http/routes/agent-trial.ts';
import { agentRoutes } from './http/routes/agents.ts';
import { answerError, answerNotFound, problemResponse } from './problems/answer-error.ts';
import { MAX_ANSWER_MS } from './problems/answer-limit.ts';
import { apiDocument } from './api-docs/openapi-document.ts';
import { apiKeyRoutes } from './http/routes/api-keys.ts';
import { apiRouter } from './http/routes/api-router.ts';
import { channelActivityRoutes } from './http/routes/channel-activity.ts';
import { channelInboundRoutes } from './http/routes/channel-inbound.ts';
import { channelRoutes } from './http/routes/channels.ts';
import { conversationControlRoutes } from './http/routes/conversation-control.ts';
import { conversationHistoryRoutes } from './http/routes/conversation-history.ts';
import { conversationMessageRoutes } from './http/routes/conversation-messages.ts';
import { conversationRoutes } from './http/routes/conversations.ts';
import { DOCS_POLICY, docsPage } from './api-docs/docs-page.ts';
import { callerGuard } from './http/middleware/caller-guard.ts';
import { knowledgeRoutes } from './http/routes/knowledge.ts';
import { limitBody } from './http/middleware/limit-body.ts';
import { limitLoad } from './http/middleware/limit-load.ts';
import { meRoutes } from './http/routes/me.ts';
import { operationRoutes } from './http/routes/operations.ts';
import { quarantineRoutes } from './http/routes/quarantine.ts';
import { requestMetrics } from './http/middleware/request-metrics.ts';
import { noStore, securityHeaders } from './http/middleware/security-headers.ts';
import { setupRoutes } from './http/routes/setup.ts';
import { simulationRoutes } from './http/routes/simulations.ts';
import { superviseRoutes } from './http/routes/supervise.ts';
import { teammateRoutes } from './http/routes/teammates.ts';
import { requireTrustedOrigin } from './http/middleware/trusted-origin.ts';
import { visitorRoutes } from './http/routes/visitors.ts';

/** A text may have 10 000 characters of four bytes, each of them escaped in JSON. */
const MAX_BODY_BYTES = 256 * 1024;
/** Requests being answered at once: at 1 000 a second, a wait of one second. */
const MAX_UNDER_WAY = 1_000;

/** The HTTP side, from injected parts. Pages call it in-process, by the same door as everyone else. */
export function createApp(deps: AppDeps) {
  const { auth, config, logger, metrics } = deps;
  const app = apiRouter();
  app.onError(answerError(logger));
  app.notFound(answerNotFound);

  app.use(requestMetrics(metrics));
  const document = apiDocument(app, config.publicUrl);
  // A page, so it has a policy of its own.
  app.get('/api/docs', securityHeaders(config.publicUrl, DOCS_POLICY), docsPage(document));
  app.use(securityHeaders(config.publicUrl));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_, methods) =>
        problemResponse(makeProblem('method_not_allowed'), { Allow: methods.join(', ') }),
    }),
  );
  app.use(limitLoad(MAX_UNDER_WAY, config.longestAnswerMs ?? MAX_ANSWER_MS));
  app.use(limitBody(MAX_BODY_BYTES));
  app.use('/api/*', noStore, requireTrustedOrigin(config.trustedOrigins));

  app.get('/api/v1/openapi.json', (c) => c.json(document()));
  app.all('/api/auth/*', (c) => auth.handle(c.req.raw, remoteAddress(c, config.trustedProxies)));
  app.route('/', operationRoutes(deps));

  const guard = callerGuard(deps);
  return app
    .route('/api/v1', setupRoutes(deps))
    .route('/api/v1', channelInboundRoutes(deps))
    .route('/api/v1', visitorRoutes(deps))
    .route('/api/v1', meRoutes(deps, guard))
    .route('/api/v1', teammateRoutes(deps, guard))
    .route('/api/v1', apiKeyRoutes(deps, guard))
    .route('/api/v1', agentRoutes(deps, guard))
    .route('/api/v1', agentRulesRoutes(deps, guard))
    .route('/api/v1', agentTrialRoutes(deps, guard))
    .route('/api/v1', knowledgeRoutes(deps, guard))
    .route('/api/v1', channelRoutes(deps, guard))
    .route('/api/v1', channelActivityRoutes(deps, guard))
    .route('/api/v1', superviseRoutes(deps, guard))
    .route('/api/v1', conversationRoutes(deps, guard))
    .route('/api/v1', conversationMessageRoutes(deps, guard))
    .route('/api/v1', conversationControlRoutes(deps, guard))
    .route('/api/v1', conversationHistoryRoutes(deps, guard))
    .route('/api/v1', quarantineRoutes(deps, guard))
    .route('/api/v1', simulationRoutes(deps, guard));
}

/** For typed clients. */
export type App = ReturnType<typeof createApp>;
