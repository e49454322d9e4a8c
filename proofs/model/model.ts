import type { Proof, Verdict } from '../proof.ts';
import { type Protocol, THE_PROTOCOL } from './protocol.ts';
import { walk, type Walked } from './walk.ts';

/** Without this part the protocol breaks: were that not seen, the explorer would see nothing. */
export const LACKING: Record<string, Partial<Protocol>> = {
  'checked at the commit only': { claims: false },
  'a lease by the sender’s clock': { agesClaims: false },
  'no lock in the trigger': { locks: false },
  'nothing withheld by a takeover': { withholds: false },
};

export const model: Proof = {
  shows:
    'In the takeover protocol of two senders, two people and one agent, crashing anywhere, nobody talks over anybody.',
  counts: null,
  run: ({ say }) => Promise.resolve(verdict(say)),
};

function verdict(say: (line: string) => void): Verdict {
  const whole = walk(THE_PROTOCOL);
  const figures: Verdict['figures'] = { states: whole.states, edges: whole.edges };
  const unseen: string[] = [];
  for (const [name, lacks] of Object.entries(LACKING)) {
    const { counterexample } = walk({ ...THE_PROTOCOL, ...lacks });
    figures[`steps to the counterexample: ${name}`] = counterexample?.way.length ?? 0;
    if (counterexample) say(inWords(name, counterexample));
    else unseen.push(`${name} breaks nothing: the explorer is blind`);
  }
  const broken = whole.counterexample && inWords('the protocol', whole.counterexample);
  return { figures, coverage: { actions: whole.taken }, broken: broken ?? unseen[0] ?? null };
}

export function inWords(name: string, { breaks, way }: NonNullable<Walked['counterexample']>): string {
  return [`${name}: ${breaks}`, ...way.map((step, index) => `${String(index + 1).padStart(12)}. ${step}`)].join('\n');
}
