import { StoreUnavailable } from '@baton/runtime';
import type { MemoryStore } from '@baton/store-contract/memory';
import type { Kernel, Pending } from './kernel.ts';
import type { Observer } from './observer.ts';

const REQUEST = ['done', 'done, answer under way', 'request lost', 'answer lost', 'given up on'] as const;
const ANSWER: Pending['hows'] = ['arrives', 'lost'];

/**
 * A node's connection to the store. The schedule decides whether each call succeeds, is lost, loses its answer, or runs
 * later although the caller has given up.
 */
export function simulatedStore(
  store: MemoryStore,
  node: { name: string; owner: symbol },
  world: StoreWorld,
): MemoryStore {
  return new Proxy(store, {
    get(target, operation) {
      const method: unknown = Reflect.get(target, operation);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        const work = async (): Promise<unknown> => {
          const result: unknown = await Reflect.apply(method, target, args);
          world.observer.look(`${node.name} ${String(operation)}`);
          return result;
        };
        return call(world.kernel, node, String(operation), work);
      };
    },
  });
}

interface StoreWorld {
  kernel: Kernel;
  observer: Observer;
}

async function call(
  kernel: Kernel,
  { name, owner }: { name: string; owner: symbol },
  operation: string,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const what = `${name} ${operation}`;
  const later = (): void => {
    void kernel.park(`${what}, nobody waits`, null, ['done', 'lost']).then((how) => how === 'done' && work());
  };
  const how = await kernel.park(what, owner, REQUEST, later);
  if (how === 'request lost') throw new StoreUnavailable(how);
  if (how === 'given up on') {
    later();
    throw new StoreUnavailable(how);
  }
  const result = await work();
  if (how === 'answer lost') throw new StoreUnavailable(how);
  if (how === 'done, answer under way' && (await kernel.park(`${what} answer`, owner, ANSWER)) === 'lost') {
    throw new StoreUnavailable('answer lost');
  }
  return result;
}
