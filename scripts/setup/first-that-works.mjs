import { Failure } from './failure.mjs';

/** Tries sources of a program in their order, and gives the first path that `works`. A failed way is told in a line. */
export async function firstThatWorks(sources, works) {
  for (const source of sources) {
    const path = await attempt(source);
    if (path && (await works(path))) return path;
  }
  return undefined;
}

async function attempt(source) {
  try {
    return await source();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`  ${error.message}`);
    return undefined;
  }
}
