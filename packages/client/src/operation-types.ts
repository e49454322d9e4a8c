import type { operations } from './generated/openapi.ts';

/** The `operationId`s of the OpenAPI document. */
export type OperationId = keyof operations;

type Json<Part> = Part extends { content: { 'application/json': infer Given } } ? Given : undefined;
type Success = 200 | 201 | 202 | 204;

type PathOf<Operation> = Operation extends { parameters: { path: infer Given } } ? Given : unknown;
type QueryOf<Operation> = Operation extends { parameters: { query?: infer Given } }
  ? unknown extends Given
    ? unknown
    : { query?: Given }
  : unknown;
type BodyOf<Operation> = Operation extends { requestBody: infer Given } ? { body: Json<Given> } : unknown;

/** Path parameters by their names, with `query` and `body` where the operation takes them. */
export type Input<Id extends OperationId> = PathOf<operations[Id]> & QueryOf<operations[Id]> & BodyOf<operations[Id]>;

/** The query parameters of an operation. */
export type Query<Id extends OperationId> = Input<Id> extends { query?: infer Given } ? NonNullable<Given> : never;

/** The request body of an operation. */
export type Body<Id extends OperationId> = Input<Id> extends { body: infer Given } ? Given : never;

/** The body of the successful response; undefined if it has none. */
export type Output<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses']]: Status extends Success
    ? Json<operations[Id]['responses'][Status]>
    : never;
}[keyof operations[Id]['responses']];
