import { getEventListeners } from 'node:events';
import { messageText, type ReplyRequest } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import type { AgentBackend } from '../src/backend.ts';
import { AgentError } from '../src/failure.ts';

/** A backend and a request for one test. */
export interface Situation {
  backend: AgentBackend;
  request: ReplyRequest;
}

export interface Hanging extends Situation {
  /** Resolves once the backend waits for its source. */
  waiting: Promise<unknown>;
  /** Resolves once the source has noticed the abort. */
  released: Promise<unknown>;
}

export interface BackendHarness {
  /** Replies with `text`. */
  answering(): Promise<Situation & { text: string }>;
  handingOff(): Promise<Situation>;
  silent(): Promise<Situation>;
  /** Its source gives an invalid reply. */
  malformed(): Promise<Situation>;
  /** Its source fails. */
  failing(): Promise<Situation>;
  /** Its source never answers. */
  hanging(): Promise<Hanging>;
  /** No error may contain them. */
  secrets: string[];
}

/** The contract of every backend. Register inside a `describe`. */
export function backendContract(harness: BackendHarness): void {
  const reply = ({ backend, request }: Situation, signal = new AbortController().signal) =>
    backend.reply(request, signal);
  const failureOf = async (situation: Situation): Promise<unknown> =>
    reply(situation).then(
      () => expect.unreachable('it replied'),
      (error: unknown) => error,
    );

  describe('the contract of backends', () => {
    it('replies with a known answer', async () => {
      const situation = await harness.answering();
      expect(await reply(situation)).toEqual({ kind: 'reply', text: situation.text });
    });

    it('[TURN-8] hands off with a reason, and at most one closing text', async () => {
      const handoff = await reply(await harness.handingOff());
      if (handoff.kind !== 'handoff') expect.unreachable(`it gave ${handoff.kind}`);
      expect(handoff.reason).not.toBe('');
      if (handoff.text !== null) expect(messageText.safeParse(handoff.text).success).toBe(true);
    });

    it('[TURN-6] may stay silent', async () => {
      expect(await reply(await harness.silent())).toEqual({ kind: 'silence' });
    });

    it('gives the same answer to the same request and leaves it unchanged', async () => {
      const situation = await harness.answering();
      const before = structuredClone(situation.request);
      expect(await reply(situation)).toEqual(await reply(situation));
      expect(situation.request).toEqual(before);
    });

    it('[TURN-3] stops at once when aborted and releases its source', async () => {
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

    it('[TURN-3] does not start when aborted before', async () => {
      const reason = new Error('too late');
      await expect(reply(await harness.answering(), AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('rejects an invalid reply', async () => {
      const error = await failureOf(await harness.malformed());
      expect(error).toBeInstanceOf(AgentError);
      expect(error).toMatchObject({ failure: { kind: 'wrongShape' } });
    });

    it('[TURN-9] fails with a readable reason when its source fails', async () => {
      const error = await failureOf(await harness.failing());
      expect(error).toBeInstanceOf(AgentError);
      expect(error).toHaveProperty('message', expect.stringMatching(/^[A-Z].*\.$/));
    });

    it('leaves no listener behind', async () => {
      const { signal } = new AbortController();
      for (const situation of [await harness.answering(), await harness.malformed(), await harness.failing()]) {
        await reply(situation, signal).catch(() => {});
      }
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('keeps secrets, addresses and the customer’s text out of its errors', async () => {
      for (const situation of [await harness.malformed(), await harness.failing()]) {
        const error = await failureOf(situation);
        const said = `${String(error)} ${JSON.stringify(error)}`;
        const private_ = [...harness.secrets, ...situation.request.waiting.map(({ text }) => text)];
        expect(private_.filter((text) => said.includes(text))).toEqual([]);
      }
    });
  });
}
