import type { ChannelKind, ChannelSettings } from '@baton/protocol';

/** One a line, or with blanks between. */
export function originsOf(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter((origin) => origin !== ''))];
}

/** Those of the origins sent that the server refused: it names them by their places. */
export function refusedOrigins(fields: Record<string, string>, sent: readonly string[]): string[] {
  const places = Object.keys(fields).flatMap((path) => /^settings\.allowedOrigins\.(\d+)$/.exec(path)?.[1] ?? []);
  return places.flatMap((place) => sent[Number(place)] ?? []);
}

/** The part of a channel's settings that says whom it talks to, by what is typed for its kind. */
export function addressesOf(kind: ChannelKind, callbackUrl: string, allowedOrigins: string[]): ChannelSettings {
  if (kind !== 'http') return { allowedOrigins };
  return callbackUrl.trim() === '' ? {} : { callbackUrl: callbackUrl.trim() };
}
