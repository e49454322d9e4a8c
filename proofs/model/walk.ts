import { actions, type Protocol, START, type State } from './protocol.ts';

export interface Walked {
  states: number;
  edges: number;
  /** How often each kind of action was taken. */
  taken: Record<string, number>;
  /** The shortest way to a state that must not be, and why it must not; null where there is none. */
  counterexample: { breaks: string; way: string[] } | null;
}

/** Why this state must not be, or null. */
function breach(state: State): string | null {
  if (state.badCommit) return '[HOLD-2] an agent message is committed while a person holds';
  if (state.badSend) return '[SEND-3] an agent message goes to its channel without the right to';
  if (state.held && state.message === 'queued') return '[SEND-3] an unclaimed agent message is not withheld';
  return null;
}

/** Visits every state that the protocol can come into, nearest first. */
export function walk(protocol: Protocol): Walked {
  const cameBy = new Map<string, { from: string; name: string } | null>([[JSON.stringify(START), null]]);
  const walked: Walked = { states: 1, edges: 0, taken: {}, counterexample: null };
  let frontier = [START];
  while (frontier.length > 0) {
    const next: State[] = [];
    for (const state of frontier) {
      const from = JSON.stringify(state);
      for (const action of actions(state, protocol)) {
        walked.edges += 1;
        walked.taken[action.name] = (walked.taken[action.name] ?? 0) + 1;
        const key = JSON.stringify(action.next);
        if (cameBy.has(key)) continue;
        cameBy.set(key, { from, name: action.name });
        walked.states += 1;
        const breaks = breach(action.next);
        if (breaks !== null) return { ...walked, counterexample: { breaks, way: wayTo(key, cameBy) } };
        next.push(action.next);
      }
    }
    frontier = next;
  }
  return walked;
}

function wayTo(key: string, cameBy: Map<string, { from: string; name: string } | null>): string[] {
  const way: string[] = [];
  for (let step = cameBy.get(key); step; step = cameBy.get(step.from)) way.unshift(step.name);
  return way;
}
