import type { DemoAccount } from '@baton/protocol';

/** Offered on the sign-in page of a demo, which only a loopback address serves. */
export const DEMO_PASSWORD = 'pass-the-baton';

export const ADA = { name: 'Ada Moreau', email: 'ada@demo.baton.example', role: 'owner' } as const;
export const BEN = { name: 'Ben Okafor', email: 'ben@demo.baton.example', role: 'supervisor' } as const;
export const CLEO = { name: 'Cleo Haas', email: 'cleo@demo.baton.example', role: 'teammate' } as const;

export const demoAccounts: DemoAccount[] = [ADA, BEN, CLEO].map((person) => ({ ...person, password: DEMO_PASSWORD }));

export const DEMO_WORKSPACE = 'Harbour Coffee Roasters';
