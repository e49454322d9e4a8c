import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pages, PagesParts } from './pages.ts';

/** What is used of Vite. It belongs to the web app: nothing of it ships with the server. */
interface Vite {
  createServer(options: {
    root: string;
    configFile: string;
    server: { middlewareMode: true; hmr: { server: PagesParts['server'] } };
  }): Promise<{ middlewares: (...args: Parameters<Pages['serve']>) => void; close: () => Promise<void> }>;
}

/** Vite inside our server, with hot reload over the same port. */
export async function developmentPages({ root, server }: Pick<PagesParts, 'root' | 'server'>): Promise<Pages> {
  const web = join(root, 'apps/web');
  const resolved = createRequire(join(web, 'package.json')).resolve('vite');
  const { createServer } = (await import(pathToFileURL(resolved).href)) as Vite;
  // SvelteKit reads its files from the working folder.
  process.chdir(web);
  const vite = await createServer({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
  });
  return { serve: (request, response) => vite.middlewares(request, response), close: () => vite.close() };
}
