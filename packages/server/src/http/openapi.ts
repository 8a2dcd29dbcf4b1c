import type { Registry } from '@throughline/domain/registry.ts';
import { z } from 'zod';
import * as common from './answers/common.ts';
import { sessionCookieAt } from './credentials.ts';
import { kindSchemas } from './openapi-kinds.ts';
import { problemTable } from './problem.ts';
import { apiPrefix } from './register-route.ts';
import type { Described, Route } from './route.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  readonly responses: Readonly<Record<string, JsonSchema>>;
};
export type OpenApi = {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: JsonSchema;
};

const description =
  'Signed in by the session cookie or by `Authorization: Bearer TOKEN`. A change that comes with a cookie carries ' +
  '`x-throughline: 1`. Refusals are problems (RFC 9457) with a code of a closed list.';

/** The contract as OpenAPI 3.1, from the very declarations that requests are checked against. */
export function openApi(routes: readonly Route[], registry: Registry, publicUrl: string): OpenApi {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    for (const collection of route.path.includes(':collection')
      ? registry.kinds.map((kind) => kind.collection)
      : ['']) {
      const path = route.path.replace(':collection', collection).replace(/:([A-Za-z]+)/g, '{$1}');
      paths[path] = {
        ...paths[path],
        [route.method.toLowerCase()]: operation(route, collection, registry, schemas),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Throughline', version: '1', description },
    servers: [{ url: `${publicUrl}${apiPrefix}` }],
    paths,
    components: {
      schemas: { ...schemas.shared, ...kindSchemas(registry) },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookieAt(publicUrl) },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(route: Route, collection: string, registry: Registry, schemas: Schemas): Operation {
  const kind = registry.ofCollection(collection);
  const name = `${route.method.toLowerCase()} ${route.path.replace(':collection', collection)}`;
  return {
    operationId: name.replace(
      /[^A-Za-z0-9]+(.)?/g,
      (_all, next: string | undefined) => next?.toUpperCase() ?? '',
    ),
    summary: kind ? `${kind.plural}: ${route.summary}` : route.summary,
    tags: [kind ? kind.plural : route.tag],
    ...(route.access === 'open' || route.access === 'signed-in'
      ? {}
      : { description: `For: ${route.access}.` }),
    security: route.access === 'open' ? [{}] : [{ session: [] }, { token: [] }],
    parameters: parameters(route, schemas),
    ...requestBody(route, kind?.name, schemas),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [
          status,
          response(answer, collection, schemas),
        ]),
      ),
      default: {
        description: `A problem: ${Object.keys(problemTable).join(', ')}.`,
        content: { 'application/problem+json': { schema: schemas.of(common.problem, 'output') } },
      },
    },
  };
}

function parameters(route: Route, schemas: Schemas): JsonSchema[] {
  const named = [...route.path.matchAll(/:([A-Za-z]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((one) => one !== 'collection');
  const params = route.params ? schemas.properties(route.params) : {};
  const query = route.query ? schemas.properties(route.query) : {};
  const headers: JsonSchema[] = [];
  if (route.versioned)
    headers.push(header('if-match', true, 'The version that you saw, in quotation marks.'));
  if (route.replay)
    headers.push(
      header('idempotency-key', false, 'Your name for this request: sent again, it happens once.'),
    );
  return [
    ...named.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: params[name] ?? { type: 'string' },
    })),
    ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
    ...headers,
  ];
}

function header(name: string, required: boolean, about: string): JsonSchema {
  return { name, in: 'header', required, description: about, schema: { type: 'string' } };
}

function requestBody(route: Route, kind: string | undefined, schemas: Schemas): { requestBody?: JsonSchema } {
  if (route.form) {
    const file = { type: 'string', contentMediaType: 'application/octet-stream' };
    const schema = { type: 'object', properties: { file }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (!route.body) return {};
  const schema = kind ? withFields(schemas.of(route.body, 'input'), kind) : schemas.of(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

/** In a body of one register, `fields` are those of its kind. */
function withFields(schema: JsonSchema, kind: string): JsonSchema {
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null || !('fields' in properties)) return schema;
  return {
    ...schema,
    properties: { ...properties, fields: { $ref: `#/components/schemas/fields-${kind}` } },
  };
}

function response(answer: Described, collection: string, schemas: Schemas): JsonSchema {
  if (answer.media) return { description: answer.description, content: { [answer.media]: {} } };
  if (!answer.shape) return { description: answer.description };
  const schema =
    typeof answer.shape === 'function' ? answer.shape(collection) : schemas.of(answer.shape, 'output');
  return { description: answer.description, content: { 'application/json': { schema } } };
}

/** Shapes as JSON Schema; those with an id become components that the rest refers to. */
class Schemas {
  readonly shared: Record<string, JsonSchema> = {};

  of(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $defs,
      $schema: _,
      ...schema
    } = z.toJSONSchema(shape, {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // `id` is the name of a component here, not a base address.
        delete jsonSchema.id;
      },
    });
    const text = JSON.stringify({ schema, $defs }).replaceAll('"#/$defs/', '"#/components/schemas/');
    const moved: { schema: JsonSchema; $defs?: Record<string, JsonSchema> } = JSON.parse(text);
    for (const [name, definition] of Object.entries(moved.$defs ?? {})) this.shared[name] = definition;
    const name = z.globalRegistry.get(shape)?.id;
    if (name === undefined) return moved.schema;
    this.shared[name] = moved.schema;
    return { $ref: `#/components/schemas/${name}` };
  }

  properties(shape: z.ZodType): Record<string, JsonSchema> {
    const { properties } = this.of(shape, 'input');
    return typeof properties === 'object' && properties !== null ? { ...properties } : {};
  }
}
