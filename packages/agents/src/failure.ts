/** Why an agent gave no reply. */
export type AgentFailure =
  | { kind: 'timeout'; seconds: number }
  /** The webhook answered with this HTTP status. */
  | { kind: 'status'; status: number }
  | { kind: 'redirect'; status: number }
  | { kind: 'notJson' }
  /** JSON, but none of the answers we know. `detail` names the fields, never their content. */
  | { kind: 'wrongShape'; detail: string }
  | { kind: 'tooLarge'; limitBytes: number }
  /** The address is never called: no URL, not http(s), or not on the public internet. */
  | { kind: 'refusedAddress'; detail: string }
  | { kind: 'unreachable'; detail: string }
  | { kind: 'knowledgeUnavailable' };

/** Its message is shown to the team as the reason of *agent failed*: no secret, no address, no text of a customer. */
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
      return "The agent's webhook answered with something that is not JSON.";
    case 'wrongShape':
      return `The agent's answer is not one that we know: ${failure.detail}.`;
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
