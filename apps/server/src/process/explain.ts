import { FolderInUse } from '@baton/embedded-postgres';
import { ConfigError, type Config } from '../config.ts';

/** A sentence for a person who can do something about it; null for what is our bug. */
export function explain(error: unknown, config: Pick<Config, 'host' | 'port'> | null): string | null {
  if (error instanceof ConfigError || error instanceof FolderInUse) return error.message;
  if (!(error instanceof Error) || !('code' in error) || !config) return null;
  const place = `${config.host}:${config.port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return `${place} is taken. Stop what listens there, or set PORT to another port.`;
    case 'EADDRNOTAVAIL':
      return `${place} is no address of this machine. Set HOST to one, or to 0.0.0.0 for all of them.`;
    case 'EACCES':
      return `Listening on ${place} is not permitted. Set PORT to 1024 or above.`;
    default:
      return null;
  }
}
