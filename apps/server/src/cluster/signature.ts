import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs cluster messages, because others may be able to write to the same Redis. */
export interface MessageSigner {
  /** The Redis channel. It depends on the secret key, so deployments that share a Redis stay apart. */
  readonly channel: string;
  sign(text: string): string;
  /** The text; null unless a node of this deployment signed it. */
  verify(signed: string): string | null;
}

/** Raise the number with every incompatible change of the messages. */
const PURPOSE = 'cluster messages 2';

export function messageSigner(secretKey: string): MessageSigner {
  const key = createHmac('sha256', secretKey).update(PURPOSE).digest();
  const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    channel: `baton:${signatureOf('channel').slice(0, 16)}`,
    sign: (text) => `${signatureOf(text)} ${text}`,
    verify(signed) {
      const space = signed.indexOf(' ');
      const text = signed.slice(space + 1);
      const given = Buffer.from(signed.slice(0, Math.max(0, space)));
      const expected = Buffer.from(signatureOf(text));
      return given.length === expected.length && timingSafeEqual(given, expected) ? text : null;
    },
  };
}
