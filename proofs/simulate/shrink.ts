import type { Move } from './move.ts';
import { replay } from './schedule.ts';
import type { Variant } from './world.ts';

/** Deletes moves while the same rule still breaks: first many at once, finally one by one. */
export async function shrink(given: Move[], broken: string, variant: Variant = {}): Promise<Move[]> {
  const rule = ruleOf(broken);
  const breaks = async (moves: Move[]): Promise<boolean> => {
    const ran = await replay(moves, variant);
    return ran.broken !== null && ruleOf(ran.broken) === rule;
  };
  let moves = given;
  for (let size = Math.ceil(moves.length / 2); size >= 1; size = Math.floor(size / 2)) {
    let isShorter = true;
    while (isShorter) {
      isShorter = false;
      for (let from = moves.length - size; from > -size; from -= size) {
        const fewer = moves.filter((_, index) => index < from || index >= from + size);
        if (fewer.length < moves.length && (await breaks(fewer))) {
          moves = fewer;
          isShorter = true;
        }
      }
    }
  }
  return moves;
}

function ruleOf(broken: string): string {
  return broken.replaceAll(/\d+/g, 'n').slice(0, 60);
}
