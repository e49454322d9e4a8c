/** One a line, or with blanks between. */
export function originsOf(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter((origin) => origin !== ''))];
}

/** Those of the origins sent that the server refused: it names them by their places. */
export function refusedOrigins(fields: Record<string, string>, sent: readonly string[]): string[] {
  const places = Object.keys(fields).flatMap((path) => /^settings\.allowedOrigins\.(\d+)$/.exec(path)?.[1] ?? []);
  return places.flatMap((place) => sent[Number(place)] ?? []);
}
