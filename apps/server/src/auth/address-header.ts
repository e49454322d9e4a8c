/** Our own header, set by ourselves: better-auth reads addresses from headers only. */
export const ADDRESS_HEADER = 'x-baton-address';
