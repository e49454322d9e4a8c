import type { ReplyRequest } from '@baton/protocol';
import { answerJson, listen, type Listener } from './listener.ts';

/** Answers each call when the test (or `answer`) says so. */
export class WebhookAgent {
  /** Calls in the order they came. */
  calls: ReplyRequest[] = [];
  /** Calls whose connection Baton closed before they were answered. */
  aborted = 0;
  private listener: Listener | null = null;
  private readonly answer: (request: ReplyRequest) => unknown;

  /** `answer` may be a promise: the agent thinks that long. */
  constructor(answer: (request: ReplyRequest) => unknown) {
    this.answer = answer;
  }

  async start(): Promise<string> {
    this.listener = await listen(async (body, _request, response) => {
      const call = body as ReplyRequest;
      this.calls.push(call);
      response.on('close', () => {
        if (!response.writableFinished) this.aborted += 1;
      });
      answerJson(response, await this.answer(call));
    });
    return this.listener.url;
  }

  async stop(): Promise<void> {
    await this.listener?.close();
  }
}

export const saying = (text: string) => ({ reply: { text } });
