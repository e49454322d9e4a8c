import type { ServerResponse } from 'node:http';
import type { ReplyRequest } from '@baton/protocol';
import { answerJson, listen, type Listener } from './listener.ts';

/** Answers each call when the test (or `answer`) says so. */
export class WebhookAgent {
  /** Calls in the order they came. */
  calls: ReplyRequest[] = [];
  /** Calls whose connection Baton closed before they were answered. */
  aborted = 0;
  /** Lines that left, of answers that come bit by bit. */
  said = 0;
  private listener: Listener | null = null;
  private readonly answer: (request: ReplyRequest) => unknown;

  /** `answer` may be a promise: the agent thinks that long. Or an async generator: each thing is a line of its answer. */
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
      const answer = this.answer(call);
      if (isStream(answer)) await this.stream(answer, response);
      else answerJson(response, await answer);
    });
    return this.listener.url;
  }

  private async stream(lines: AsyncIterable<unknown>, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for await (const line of lines) {
      response.write(`${JSON.stringify(line)}\n`);
      this.said += 1;
    }
    response.end();
  }

  async stop(): Promise<void> {
    await this.listener?.close();
  }
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

export const saying = (text: string) => ({ reply: { text } });
