import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { PROBLEMS, problem, type ProblemCode } from '@baton/protocol';
import type { ApiEnv } from '../http/api-env.ts';

type Registry = OpenAPIHono<ApiEnv>['openAPIRegistry'];
type Route = Extract<Registry['definitions'][number], { type: 'route' }>['route'];

/** Adds every problem that a route can answer to its responses, one shared component per status and set of codes. */
export function documentProblems(registry: Registry): void {
  const components = new Set<string>();
  for (const definition of registry.definitions) {
    if (definition.type !== 'route') continue;
    const { route } = definition;
    const byStatus = Map.groupBy(problemCodes(route), (code) => PROBLEMS[code][0]);
    for (const [status, codes] of byStatus) {
      const name = codes.map(pascalCase).join('Or');
      if (!components.has(name)) registry.registerComponent('responses', name, response(codes));
      components.add(name);
      route.responses[String(status)] = { $ref: `#/components/responses/${name}` };
    }
    delete route['x-problems'];
  }
  registry.register('Problem', z.object(problem.shape));
}

/** The codes a route declares with `problems()`, and those that follow from its credentials, path, query and body. */
function problemCodes(route: Route): ProblemCode[] {
  const { method, request, security } = route;
  const takesCaller = security === undefined;
  const declared = z.array(problem.shape.code).parse(route['x-problems'] ?? []);
  const codes: [ProblemCode, boolean][] = [
    ['malformed_json', request?.body !== undefined],
    ['unauthenticated', takesCaller],
    ['forbidden', takesCaller],
    ['bad_origin', takesCaller && method !== 'get'],
    ['not_found', request?.params !== undefined],
    ['too_large', request?.body !== undefined],
    ['invalid', request?.body !== undefined || request?.query !== undefined],
    ['rate_limited', takesCaller],
    ['internal', true],
    ['unavailable', true],
  ];
  return [...new Set([...codes.filter(([, applies]) => applies).map(([code]) => code), ...declared])];
}

function response(codes: ProblemCode[]) {
  const description = codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; ');
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, content: { 'application/problem+json': { schema } } };
}

function pascalCase(code: ProblemCode): string {
  return code.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
