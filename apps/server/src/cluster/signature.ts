import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs what passes through Redis: whoever can write there is not thereby one of our nodes. */
export interface Seal {
  /** Names the channel: deployments that share a Redis do not hear each other. */
  readonly channel: string;
  close(text: string): string;
  /** Null for what no node of ours has said. */
  open(sealed: string): string | null;
}

export function createSeal(secretKey: string): Seal {
  const key = createHmac('sha256', secretKey).update('what nodes tell each other').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    channel: `baton:${sign('channel').slice(0, 16)}`,
    close: (text) => `${sign(text)} ${text}`,
    open(sealed) {
      const space = sealed.indexOf(' ');
      const text = sealed.slice(space + 1);
      const [given, due] = [Buffer.from(sealed.slice(0, Math.max(0, space))), Buffer.from(sign(text))];
      return given.length === due.length && timingSafeEqual(given, due) ? text : null;
    },
  };
}
