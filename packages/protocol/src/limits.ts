// Apart from the schemas, so that what only needs a number (the chat widget) is not made to carry them.

/** Longest text of a message, a note or an instruction, in Unicode code points. */
export const MAX_TEXT_CHARACTERS = 10_000;
/** Longest id that comes from outside (provider ids, customer ids, client message ids), in UTF-8 bytes. */
export const MAX_EXTERNAL_ID_BYTES = 200;
/** Largest `seq`, version or revision that can be asked for: PostgreSQL's integer. */
export const MAX_ORDINAL = 2_147_483_647;
