export { createOutboundClient, type OutboundClient, type OutboundOptions } from './client.ts';
export type { Resolve } from './pinned-lookup.ts';
export type { OutboundPost } from './post.ts';
export type { OutboundFailure, OutboundFailureKind, OutboundResponse, OutboundResult } from './result.ts';
export { signatureHeaders, standardSecret } from './sign.ts';
export { parseTarget, type Target } from './target.ts';
