export {
  type ChannelDeps,
  type ChannelModule,
  type ChannelModules,
  type InboundCredentials,
  type InboundMessage,
  type InboundRequest,
  type InboundRoute,
  type SendContext,
  type SendMessage,
  typedSender,
} from './channel-module.ts';
export { channelModules } from './channel-modules.ts';
export { customerView } from './customer-view.ts';
export { bearerToken, hashSecret, matchesSecret, newSecret, newSigningSecret } from './secrets.ts';
export { settingsSeal, type SettingsSeal, withoutSecrets } from './settings-seal.ts';
export { isAllowedOrigin } from './webchat/allowed-origin.ts';
export { visitorTokens, type Visitor, type VisitorTokens } from './webchat/visitor-tokens.ts';
