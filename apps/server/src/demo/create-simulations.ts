import type { Database } from '@baton/database';
import { readMessages } from '@baton/database/queries/messages';
import { v7 } from 'uuid';
import { Simulations, type SimulationPorts } from './simulations.ts';

/** The newest messages, read to see whether anyone has answered. */
const LATEST = 50;

export function createSimulations(
  db: Database,
  ports: Pick<SimulationPorts, 'runtime' | 'intake' | 'scheduler' | 'chats'>,
) {
  return new Simulations({
    ...ports,
    messages: (key) => readMessages(db, key, {}, LATEST, 'newest'),
    newId: v7,
  });
}
