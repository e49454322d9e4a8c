import { z } from 'zod';
import { id } from './text.ts';

/** The topic of a simulated customer. */
export const simulationScript = z.enum(['shipping', 'subscription', 'person']);
export type SimulationScript = z.infer<typeof simulationScript>;

/** Left out, they take turns. */
export const startSimulation = z.strictObject({ script: simulationScript.optional() });
export const startedSimulation = z.object({ conversationId: id });
