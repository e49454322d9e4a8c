import type { RequestListener, Server } from 'node:http';
import type { Logger } from 'pino';

/** The web app, however it is served. */
export interface WebApp {
  serve: RequestListener;
  close(): Promise<void>;
}

export interface WebAppParts {
  /** The clone's root. */
  root: string;
  development: boolean;
  publicUrl: string;
  server: Server;
  logger: Logger;
}
