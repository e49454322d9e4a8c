import type { AgentFailure } from '@baton/protocol';

/** Its message is shown to the team with *agent failed*: no secret, no address, no text of a customer. */
export class AgentError extends Error {
  readonly failure: AgentFailure;

  constructor(failure: AgentFailure, options?: ErrorOptions) {
    super(describeFailure(failure), options);
    this.name = 'AgentError';
    this.failure = failure;
  }
}

function describeFailure(failure: AgentFailure): string {
  switch (failure.kind) {
    case 'timeout':
      return `The agent's webhook did not answer within ${failure.seconds} s.`;
    case 'status':
      return `The agent's webhook answered with status ${failure.status}.`;
    case 'redirect':
      return `The agent's webhook answered with a redirect (${failure.status}), which is not followed.`;
    case 'notJson':
      return "The agent's webhook did not answer with JSON.";
    case 'wrongShape':
      return `The agent's answer has an unknown shape: ${failure.detail}.`;
    case 'tooLarge':
      return `The agent's webhook answered with more than ${failure.limitBytes / 1024} KiB.`;
    case 'refusedAddress':
      return `The agent's webhook was not called: ${failure.detail}.`;
    case 'unreachable':
      return `The agent's webhook gave no answer: ${failure.detail}.`;
    case 'knowledgeUnavailable':
      return 'The knowledge base could not be read.';
  }
}
