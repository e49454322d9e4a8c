interface Schema {
  type?: unknown;
  format?: unknown;
  enum?: unknown;
  default?: unknown;
  oneOf?: unknown;
  anyOf?: unknown;
  properties?: unknown;
  required?: unknown;
  items?: unknown;
}

/** A body that the schema allows, with what must be there; the shortest thing that a reader can change and send. */
export function exampleOf(schema: unknown): unknown {
  if (!isSchema(schema)) return null;
  const choices = [schema.oneOf, schema.anyOf].find(Array.isArray);
  if (choices !== undefined) return exampleOf(choices[0]);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return [exampleOf(schema.items)];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return 1;
    default:
      return exampleText(schema.format);
  }
}

/** The call as one types it. Every field that must be there, or all of them where none must. */
export function curlOf(method: string, path: string, body: unknown): string {
  const lines = [`curl -X ${method.toUpperCase()} $BATON${path}`, `-H "Authorization: Bearer $KEY"`];
  if (body !== undefined) {
    const json = JSON.stringify(exampleOf(body)).replaceAll("'", `'\\''`);
    lines.push(`-H "Content-Type: application/json"`, `-d '${json}'`);
  }
  return lines.join(' \\\n  ');
}

function exampleObject({ properties, required }: Schema): Record<string, unknown> {
  const all = Object.entries<unknown>(isSchema(properties) ? { ...properties } : {});
  const needed = Array.isArray(required) ? all.filter(([name]) => required.includes(name)) : [];
  return Object.fromEntries((needed.length > 0 ? needed : all).map(([name, of]) => [name, exampleOf(of)]));
}

function exampleText(format: unknown): string {
  if (format === 'uuid') return '01a20475-0000-7000-8000-000000000000';
  if (format === 'date-time') return '2026-01-31T12:00:00Z';
  return 'text';
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
