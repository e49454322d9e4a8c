import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every icon that a component imports, each of which is a module of its own. Vite prepares them before the first page is asked
 * for: one that it meets later makes it load the page anew, in the middle of a test.
 */
export function importedIcons(sources: string): string[] {
  const found = globSync('**/*.svelte', { cwd: sources }).flatMap((path) => [
    ...readFileSync(join(sources, path), 'utf8').matchAll(/from '(@lucide\/svelte\/icons\/[\w-]+)'/g),
  ]);
  return [...new Set(found.map(([, name]) => name ?? ''))].toSorted();
}
