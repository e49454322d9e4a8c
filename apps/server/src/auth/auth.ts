import type { Caller } from './caller.ts';

/** Who is calling: the one answer to it, for HTTP and sockets alike. */
export interface Auth {
  /** Signs in and out: answers `/api/auth/*`. The address is the socket's, for the limits on guessing. */
  handle(request: Request, address: string | null): Promise<Response>;
  /**
   * By `Authorization: Bearer KEY`, else by the session cookie. Null for everything that is not, or no longer, a
   * credential of a teammate. @throws when the database is away
   */
  authenticate(headers: Headers): Promise<Caller | null>;
  /** What is stored of a password. */
  hashPassword(password: string): Promise<string>;
}
