export { mayConnect } from './address.ts';
export { createOutboundClient, type OutboundClient, type OutboundOptions, type OutboundPost } from './client.ts';
export type { Resolve } from './pinned-lookup.ts';
export type { OutboundFailure, OutboundFailureKind, OutboundResponse, OutboundResult } from './result.ts';
export { signatureHeaders, standardSecret } from './sign.ts';
