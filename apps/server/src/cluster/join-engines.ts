import type { Engine } from '../workers/engine.ts';
import type { NodeTalk } from './cluster-bus.ts';

/** The engines of all nodes: hints that save time. Without them workers find the same in the database, a little later. */
export function joinNodes(talk: NodeTalk, { runtime, abortions }: Pick<Engine, 'runtime' | 'abortions'>): void {
  abortions.onHere((key, turn) => talk.tell({ type: 'aborted', key, turn }));
  talk.listen({
    heard(word) {
      if (word.type === 'aborted') abortions.elsewhere(word.key, word.turn);
      if (word.type === 'changed') runtime.changedElsewhere(word.key, word.conversation.version);
      // A conversation in memory here shows how its last message went.
      if (word.type === 'delivered') runtime.delivered(word.key, word.messages);
    },
  });
}
