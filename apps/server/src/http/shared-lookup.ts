/**
 * Many callers ask the same at once, and each wants what is true now: a question is answered by a lookup that began after
 * it was asked, shared with everybody who asked meanwhile. Nothing is remembered, so what is revoked is revoked at once.
 */
export function sharedLookup<T>(lookUp: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();

  const start = (key: string): Promise<T> => {
    const lookup = lookUp(key).finally(() => {
      if (running.get(key) === lookup) running.delete(key);
    });
    running.set(key, lookup);
    return lookup;
  };

  return (key) => {
    const waiting = next.get(key);
    if (waiting) return waiting;
    const current = running.get(key);
    if (!current) return start(key);
    const begin = () => {
      next.delete(key);
      return start(key);
    };
    const following = current.then(begin, begin);
    next.set(key, following);
    return following;
  };
}
