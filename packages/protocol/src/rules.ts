import { z } from 'zod';

export const MAX_WINDOW_SECONDS = 86_400;
export const MAX_REPLY_DELAY_SECONDS = 60;

/** *Agent settings > Agent > Messages > Human interaction rules*. */
export const humanInteractionRules = z
  .strictObject({
    /** The agent falls silent while a teammate is writing. */
    muteWhenHumanActive: z.boolean(),
    /** The agent's silence after each human message, in whole seconds; 0 does not mute. */
    humanPriorityWindowSeconds: z.int().min(0).max(MAX_WINDOW_SECONDS),
    /** Quiet time after the last customer message before the agent replies, in whole seconds. */
    replyDelaySeconds: z.int().min(0).max(MAX_REPLY_DELAY_SECONDS),
  })
  .meta({ id: 'HumanInteractionRules' });
export type HumanInteractionRules = z.infer<typeof humanInteractionRules>;

export const DEFAULT_RULES: HumanInteractionRules = {
  muteWhenHumanActive: true,
  humanPriorityWindowSeconds: 30,
  replyDelaySeconds: 2,
};

export const changeRules = humanInteractionRules.partial();
