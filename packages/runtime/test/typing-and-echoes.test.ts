import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationKey, Store } from '../src/index.ts';
import { deliveryMark } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';
import {
  customerSays,
  done,
  makeWorld,
  type Node,
  says,
  setReplies,
  stateOf,
  TOM,
  transcriptOf,
  UMA,
  type World,
} from './world.ts';

let world: World;
let node: Node;
let of: FixtureConversation;

beforeEach(async () => {
  world = makeWorld();
  node = await world.node();
  of = await world.fixture.createConversation({ channelKind: 'whatsapp' });
});

const leases = () => Object.keys(world.fixture.store.row(of.key).leases);
const version = () => world.fixture.store.row(of.key).version;

describe('typing leases', () => {
  it('[HOLD-3] mutes on the first keystroke and renews on later ones', async () => {
    expect(await node.typing.typing(of.key, TOM, 's1')).toMatchObject({
      ok: true,
      conversation: { state: 'humanActive' },
    });
    await world.time.advance(3_000);
    expect(await node.typing.typing(of.key, TOM, 's1')).toBeNull();
    expect(version()).toBe(1);
    expect(world.fixture.store.row(of.key).leases[leases()[0] ?? '']).toBe(world.time.now + 8_000);
  });

  it('[HOLD-4] starts one lease for simultaneous keystrokes', async () => {
    await Promise.all(Array.from({ length: 5 }, () => node.typing.typing(of.key, TOM, 's1')));
    expect(leases()).toHaveLength(1);
    expect(version()).toBe(1);
  });

  it('[HOLD-4] ends the lease at once on stopping', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    expect(await node.typing.stopped(of.key, 's1')).toMatchObject({ conversation: { state: 'agentActive' } });
    expect(await node.typing.stopped(of.key, 's1')).toBeNull();
  });

  it('[HOLD-4] lets only its teammate end a lease', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    await done(node.runtime.dispatch(of.key, { type: 'stopTyping', by: UMA, leaseIds: leases() }));
    expect(leases()).toHaveLength(1);
    expect(stateOf(world, of)).toBe('humanActive');
  });

  it('[HOLD-14] stays muted while any of several leases lives', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    const both = await node.typing.typing(of.key, UMA, 's2');
    expect(both).toMatchObject({ conversation: { holder: { kind: 'teammates', teammates: [TOM, UMA] } } });
    await node.typing.stopped(of.key, 's1');
    expect(stateOf(world, of)).toBe('humanActive');
    await node.typing.stopped(of.key, 's2');
    expect(stateOf(world, of)).toBe('agentActive');
  });

  it('[HOLD-4] ends only a lost connection’s leases, 3 s later', async () => {
    const other = await world.fixture.createConversation();
    await node.typing.typing(of.key, TOM, 's1');
    await node.typing.typing(other.key, TOM, 's1');
    await node.typing.typing(of.key, TOM, 's2');
    node.typing.disconnected('s1');
    await world.time.advance(2_900);
    expect(leases()).toHaveLength(2);
    await world.time.advance(200);
    expect(leases()).toHaveLength(1);
    expect(stateOf(world, other)).toBe('agentActive');
  });

  it('[HOLD-4] starts a new lease instead of renewing an ended one', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    const [first] = leases();
    await done(node.runtime.dispatch(of.key, setReplies(TOM, true)));
    expect(leases()).toEqual([]);
    await node.typing.typing(of.key, TOM, 's1');
    expect(leases()).toHaveLength(1);
    expect(leases()).not.toEqual([first]);
  });

  it('[HOLD-5] never starts a window for typing alone', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    await world.time.advance(9_000);
    await done(node.runtime.dispatch(of.key, { type: 'wake' }));
    expect(stateOf(world, of)).toBe('agentActive');
  });

  it('[HOLD-5] keeps a lease that was renewed unknown to the commit', async () => {
    await node.typing.typing(of.key, TOM, 's1');
    const [leaseId = ''] = leases();
    await world.time.advance(7_000);
    const other = await world.node();
    await world.fixture.store.renewLeases([{ key: of.key, leaseId }]);
    await world.time.advance(2_000);
    const [mine, theirs] = [customerSays('one'), customerSays('two')];
    await done(node.runtime.dispatch(of.key, mine));
    await done(other.runtime.dispatch(of.key, theirs));
    expect(stateOf(world, of)).toBe('humanActive');
    await world.time.advance(6_100);
    const { conversation } = await done(node.runtime.dispatch(of.key, customerSays('three')));
    expect(conversation.state).toBe('agentActive');
  });
});

describe('a lease that is renewed while its end is committed', () => {
  it('[HOLD-5] keeps the lease: the commit conflicts and reloads', async () => {
    const { store } = world.fixture;
    await node.typing.typing(of.key, TOM, 's1');
    const [leaseId = ''] = leases();
    await world.time.advance(7_900);
    let looks = 0;
    const late = new Proxy<Store>(store, {
      get(target, name: keyof Store) {
        if (name !== 'load') return target[name].bind(target);
        return async (keys: ConversationKey[]) => {
          const loaded = await store.load(keys);
          looks += 1;
          if (looks > 1) return loaded;
          // The copy that was read is old by now.
          await store.renewLeases([{ key: of.key, leaseId }]);
          await world.time.advance(200);
          return loaded;
        };
      },
    });
    const slow = await world.node({ store: late });
    await done(slow.runtime.dispatch(of.key, customerSays('hello')));
    expect(looks).toBe(2);
    expect(leases()).toEqual([leaseId]);
    expect(stateOf(world, of)).toBe('humanActive');
  });
});

describe('echoes of our own', () => {
  /** A message by Tom that is being sent. */
  async function sending(): Promise<string> {
    const { message } = await done(node.runtime.dispatch(of.key, says(TOM, 'hi')));
    expect(await world.fixture.store.claimSends('w', 10, 30_000)).toHaveLength(1);
    return message?.id ?? '';
  }

  const echo = () => customerSays('hi', { from: 'business', externalId: 'wamid.1' });

  const mark = async (messageId: string, providerId: string) => {
    await world.fixture.store.markDeliveries([deliveryMark(of, messageId, { providerId })]);
    node.signals.deliveryMarked(of.key);
  };

  it('[HOLD-16] recognises an echo that arrives before the outcome', async () => {
    const id = await sending();
    const outcome = node.runtime.dispatch(of.key, echo());
    await world.time.advance(3_000);
    expect(transcriptOf(world, of.key)).toHaveLength(1);
    await mark(id, 'wamid.1');
    await world.time.advance(0);
    expect(await outcome).toMatchObject({ ok: true, duplicate: true, message: { id } });
    expect(transcriptOf(world, of.key)).toEqual(['teammate: hi (sent)']);
  });

  it('[HOLD-16] records a foreign echo as a human message once the wait ends', async () => {
    const id = await sending();
    const outcome = node.runtime.dispatch(of.key, echo());
    await world.time.advance(8_900);
    expect(transcriptOf(world, of.key)).toHaveLength(1);
    await world.time.advance(200);
    expect(await outcome).toMatchObject({ ok: true, duplicate: false, message: { author: { kind: 'external' } } });
    await mark(id, 'wamid.2');
  });

  it('[HOLD-16] stops waiting once the outcome shows a foreign echo', async () => {
    const id = await sending();
    const outcome = node.runtime.dispatch(of.key, echo());
    await world.time.advance(1_000);
    await mark(id, 'wamid.2');
    await world.time.advance(0);
    expect(await outcome).toMatchObject({ ok: true, duplicate: false, message: { seq: 2 } });
  });

  it('[SEND-4] settles an uncertain message by an echo with our id', async () => {
    const id = await sending();
    const lost = { delivery: 'uncertain', error: 'timeout' } as const;
    await world.fixture.store.markDeliveries([deliveryMark(of, id, lost)]);
    const ours = customerSays('hi', { from: 'business', externalId: id });
    expect(await node.runtime.dispatch(of.key, ours)).toMatchObject({ ok: true, duplicate: true, message: { id } });
    expect(node.published.delivered).toMatchObject([{ id, delivery: 'sent' }]);
  });
});
