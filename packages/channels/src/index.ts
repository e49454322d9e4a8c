export type {
  ChannelDeps,
  ChannelModule,
  ChannelModules,
  InboundCredentials,
  InboundMessage,
  InboundRequest,
  InboundRoute,
  SendContext,
  SendMessage,
} from './channel-module.ts';
export { channelModules } from './channel-modules.ts';
export { customerView } from './customer-view.ts';
export { bearerToken, hashSecret, matchesSecret, newSecret, newSigningSecret } from './secrets.ts';
export { isAllowedOrigin } from './webchat/allowed-origin.ts';
export { visitorTokens, type Visitor, type VisitorTokens } from './webchat/visitor-tokens.ts';
