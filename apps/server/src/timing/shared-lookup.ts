/**
 * Answers concurrent callers with one lookup that began after they asked. Nothing is cached, so a revoked credential stops
 * working at once.
 */
export function sharedLookup<Key extends string[], T>(
  lookUp: (...key: Key) => Promise<T>,
): (...key: Key) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();

  const start = (name: string, key: Key): Promise<T> => {
    const lookup = lookUp(...key).finally(() => {
      if (running.get(name) === lookup) running.delete(name);
    });
    running.set(name, lookup);
    return lookup;
  };

  return (...key) => {
    const name = key.join(' ');
    const waiting = next.get(name);
    if (waiting) return waiting;
    const current = running.get(name);
    if (!current) return start(name, key);
    const begin = () => {
      next.delete(name);
      return start(name, key);
    };
    const following = current.then(begin, begin);
    next.set(name, following);
    return following;
  };
}
