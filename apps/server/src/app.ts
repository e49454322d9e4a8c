import { makeProblem } from '@baton/protocol';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { AppDeps } from './deps.ts';
import { remoteAddress } from './http/address.ts';
import { agentRulesRoutes } from './http/agent-rules.ts';
import { agentTrialRoutes } from './http/agent-trial.ts';
import { agentRoutes } from './http/agents.ts';
import { answerError, answerNotFound, problemResponse } from './http/answer-error.ts';
import { apiDocument } from './http/api-document.ts';
import { apiKeyRoutes } from './http/api-keys.ts';
import { apiRouter } from './http/api-router.ts';
import { channelActivityRoutes } from './http/channel-activity.ts';
import { channelInboundRoutes } from './http/channel-inbound.ts';
import { channelRoutes } from './http/channels.ts';
import { conversationControlRoutes } from './http/conversation-control.ts';
import { conversationHistoryRoutes } from './http/conversation-history.ts';
import { conversationMessageRoutes } from './http/conversation-messages.ts';
import { conversationRoutes } from './http/conversations.ts';
import { DOCS_POLICY, docsPage } from './http/docs-page.ts';
import { callerGuard } from './http/guard.ts';
import { knowledgeRoutes } from './http/knowledge.ts';
import { limitBody } from './http/limit-body.ts';
import { limitLoad, LONGEST_ANSWER_MS } from './http/limit-load.ts';
import { meRoutes } from './http/me.ts';
import { operationRoutes } from './http/operations.ts';
import { quarantineRoutes } from './http/quarantine.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { neverKept, securityHeaders } from './http/security-headers.ts';
import { setupRoutes } from './http/setup.ts';
import { simulationRoutes } from './http/simulate.ts';
import { superviseRoutes } from './http/supervise.ts';
import { teammateRoutes } from './http/teammates.ts';
import { requireTrustedOrigin } from './http/trusted-origin.ts';
import { visitorRoutes } from './http/visitors.ts';

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
  const document = apiDocument(app);
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
  app.use(limitLoad(MAX_UNDER_WAY, config.longestAnswerMs ?? LONGEST_ANSWER_MS));
  app.use(limitBody(MAX_BODY_BYTES));
  app.use('/api/*', neverKept, requireTrustedOrigin(config.trustedOrigins));

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
