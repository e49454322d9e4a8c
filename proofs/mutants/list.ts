import { commit } from './lists/commit.ts';
import { fence } from './lists/fence.ts';
import { queues } from './lists/queues.ts';
import { runtime } from './lists/runtime.ts';
import { statechart } from './lists/statechart.ts';
import { time } from './lists/time.ts';
import { workers } from './lists/workers.ts';

/** Every mutant there is. Mend an entry that no test kills or whose text is gone. */
export const mutants = [...fence, ...commit, ...queues, ...statechart, ...time, ...runtime, ...workers];
