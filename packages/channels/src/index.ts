export type { Channel, ChannelContext } from './channel.ts';
export { channelKinds, type ChannelFinding } from './channel-kinds.ts';
export { customerView } from './customer-view.ts';
export type { HttpChannelDeps } from './http/http-channel.ts';
export { bearerToken, hashSecret, matchesSecret, newSecret, newSigningSecret } from './secrets.ts';
export { isAllowedOrigin } from './webchat/allowed-origin.ts';
export { visitorTokens, type Visitor, type VisitorTokens } from './webchat/visitor-tokens.ts';
