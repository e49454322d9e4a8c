import { createClient } from '@baton/client';

/** The API of our own server, with the session cookie. */
export const api = createClient();
