import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WebApp, WebAppParts } from './web-app.ts';

/** The part of Vite that is used. It belongs to the web app: nothing of it ships with the server. */
interface Vite {
  createServer(options: {
    root: string;
    configFile: string;
    configLoader: 'native';
    server: { middlewareMode: true; hmr: { server: WebAppParts['server'] } };
  }): Promise<{ middlewares: (...args: Parameters<WebApp['serve']>) => void; close: () => Promise<void> }>;
}

/** Vite inside our server, with hot reload over the same port. */
export async function developmentPages({ root, server }: Pick<WebAppParts, 'root' | 'server'>): Promise<WebApp> {
  const web = join(root, 'apps/web');
  const resolved = createRequire(join(web, 'package.json')).resolve('vite');
  const vite: unknown = await import(pathToFileURL(resolved).href);
  if (!isVite(vite)) throw new Error(`${resolved} is not Vite`);
  // SvelteKit reads its files from the working folder.
  process.chdir(web);
  const hot = await vite.createServer({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    // By itself Vite loads it from a passing file, which Node's watcher would take for a change of the server.
    configLoader: 'native',
    server: { middlewareMode: true, hmr: { server } },
  });
  return { serve: (request, response) => hot.middlewares(request, response), close: () => hot.close() };
}

function isVite(module: unknown): module is Vite {
  return typeof module === 'object' && module !== null && 'createServer' in module;
}
