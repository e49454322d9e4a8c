import { getEventListeners } from 'node:events';
import { messageText, type ReplyRequest } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import type { AgentBackend } from '../src/backend.ts';
import { AgentError } from '../src/failure.ts';

/** A backend in a situation, and the request that shows it. */
export interface Situation {
  backend: AgentBackend;
  request: ReplyRequest;
}

export interface Hanging extends Situation {
  /** Resolves when the backend waits for its own source. */
  waiting: Promise<unknown>;
  /** Resolves when the source has noticed that nobody waits any more. */
  released: Promise<unknown>;
}

export interface BackendHarness {
  /** Has a sure answer, which is `text`. */
  answering(): Promise<Situation & { text: string }>;
  handingOff(): Promise<Situation>;
  silent(): Promise<Situation>;
  /** Its source gives what cannot be a reply. */
  malformed(): Promise<Situation>;
  /** Its source is gone. */
  failing(): Promise<Situation>;
  /** Its source never answers. */
  hanging(): Promise<Hanging>;
  /** Must appear in no error. */
  secrets: string[];
}

/** What every backend must do. Register inside a `describe`. */
export function backendContract(harness: BackendHarness): void {
  const reply = ({ backend, request }: Situation, signal = new AbortController().signal) =>
    backend.reply(request, signal);
  const failureOf = async (situation: Situation): Promise<unknown> =>
    reply(situation).then(
      () => expect.unreachable('it replied'),
      (error: unknown) => error,
    );

  describe('the contract of backends', () => {
    it('answers what it knows', async () => {
      const situation = await harness.answering();
      expect(await reply(situation)).toEqual({ kind: 'reply', text: situation.text });
    });

    it('[TURN-8] hands off with a reason, and at most one closing text', async () => {
      const handoff = await reply(await harness.handingOff());
      if (handoff.kind !== 'handoff') expect.unreachable(`it gave ${handoff.kind}`);
      expect(handoff.reason).not.toBe('');
      if (handoff.text !== null) expect(messageText.safeParse(handoff.text).success).toBe(true);
    });

    it('[TURN-6] may answer by silence', async () => {
      expect(await reply(await harness.silent())).toEqual({ kind: 'silence' });
    });

    it('gives the same answer to the same request, and changes nothing in it', async () => {
      const situation = await harness.answering();
      const before = structuredClone(situation.request);
      expect(await reply(situation)).toEqual(await reply(situation));
      expect(situation.request).toEqual(before);
    });

    it('[TURN-3] stops at once when it is called off, and lets go of its source', async () => {
      const hanging = await harness.hanging();
      const caller = new AbortController();
      const reason = new Error('a person took over');
      const stopped = reply(hanging, caller.signal).catch((error: unknown) => error);
      await hanging.waiting;
      caller.abort(reason);
      expect(await stopped).toBe(reason);
      await hanging.released;
      expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    });

    it('[TURN-3] does not begin when it was called off before', async () => {
      const reason = new Error('too late');
      await expect(reply(await harness.answering(), AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('refuses to pass on what cannot be a reply', async () => {
      const error = await failureOf(await harness.malformed());
      expect(error).toBeInstanceOf(AgentError);
      expect(error).toMatchObject({ failure: { kind: 'wrongShape' } });
    });

    it('[TURN-9] fails with a reason in words when its source is gone', async () => {
      const error = await failureOf(await harness.failing());
      expect(error).toBeInstanceOf(AgentError);
      expect(error).toHaveProperty('message', expect.stringMatching(/^[A-Z].*\.$/));
    });

    it('leaves no listener behind, however it ends', async () => {
      const { signal } = new AbortController();
      for (const situation of [await harness.answering(), await harness.malformed(), await harness.failing()]) {
        await reply(situation, signal).catch(() => {});
      }
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('says in its errors no secret, no address and nothing that the customer wrote', async () => {
      for (const situation of [await harness.malformed(), await harness.failing()]) {
        const error = await failureOf(situation);
        const said = `${String(error)} ${JSON.stringify(error)}`;
        const private_ = [...harness.secrets, ...situation.request.waiting.map(({ text }) => text)];
        expect(private_.filter((text) => said.includes(text))).toEqual([]);
      }
    });
  });
}
