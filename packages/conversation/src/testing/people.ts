import type { Cause, Person } from '@baton/protocol';

export const ADA: Person = { id: 'ada', name: 'Ada' };
export const BEN: Person = { id: 'ben', name: 'Ben' };
export const AGENT: Cause = { kind: 'agent', id: 'agent', name: 'Robin' };
export const CUSTOMER: Cause = { kind: 'customer', id: 'customer', name: 'Cleo' };
export const EXTERNAL: Cause = { kind: 'external', id: null, name: null };

export function cause(person: Person): Cause {
  return { kind: 'teammate', ...person };
}
