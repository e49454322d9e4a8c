import { OPERATIONS } from './generated/operations.ts';
import type { Input, OperationId, Output } from './operation-types.ts';
import { type Answer, type ClientOptions, type RequestOptions, requestSender, type SendRequest } from './request.ts';

export type { Body, Input, OperationId, Output, Query } from './operation-types.ts';
export type { Answer, ClientOptions, Rejected } from './request.ts';

export type CallOptions = Pick<RequestOptions, 'signal' | 'timeoutMs'>;

type Call<Id extends OperationId> =
  object extends Input<Id>
    ? (input?: Input<Id>, options?: CallOptions) => Promise<Answer<Output<Id>>>
    : (input: Input<Id>, options?: CallOptions) => Promise<Answer<Output<Id>>>;

/** One function per operation of the API, and `request` for paths that the OpenAPI document does not have. */
export type Client = { [Id in OperationId]: Call<Id> } & { request: SendRequest };

/** A client of the HTTP API. Types and operations are generated from the OpenAPI document (`npm run generate`). */
export function createClient(options: ClientOptions = {}): Client {
  const request = requestSender(options);
  const calls = Object.entries(OPERATIONS).map(([id, route]) => {
    const [method = '', template = ''] = route.split(' ');
    const call = ({ query, body, ...path }: Parts = {}, callOptions: CallOptions = {}) =>
      request(method, fill(template, path), { ...callOptions, query, body });
    return [id, call];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's own document says what each operation answers
  return { ...Object.fromEntries(calls), request } as Client;
}

interface Parts {
  query?: object;
  body?: unknown;
  [parameter: string]: unknown;
}

function fill(template: string, parameters: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])));
}
