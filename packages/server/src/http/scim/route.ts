import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../store/context.ts';
import type { Asker } from '../../store/reading.ts';
import type { Method } from '../route.ts';
import type { Resource } from './patch.ts';
import { projected, readProjection } from './projection.ts';
import type { ResourceSchema } from './schemas.ts';

/** The address below which the protocol is spoken. */
export const scimPrefix = '/scim/v2';
export const scimMedia = 'application/scim+json; charset=utf-8';

export type ScimCall = {
  /** Who asks; absent where the address is open to anyone. */
  readonly who: Asker;
  readonly id: string;
  readonly query: Resource;
  readonly body: unknown;
  /** The public address of resources, without a slash at its end. */
  readonly base: string;
  readonly request: FastifyRequest;
  change(): Context;
};
export type OpenCall = Omit<ScimCall, 'who' | 'change'>;

export type ScimAnswer = {
  readonly status: number;
  readonly body?: Resource;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An address of the protocol. All but open ones are for tokens whose scope is provisioning, and for nobody else. */
export type ScimRoute =
  | {
      readonly method: Method;
      readonly path: string;
      readonly open?: false;
      readonly handle: (call: ScimCall) => Promise<ScimAnswer>;
    }
  | {
      readonly method: Method;
      readonly path: string;
      readonly open: true;
      readonly handle: (call: OpenCall) => Promise<ScimAnswer>;
    };

/** The id in an address; what no resource can have is as little there as any other. @throws DomainError `not-found` */
export function idIn(text: unknown): string {
  if (isId(text)) return text;
  throw notFound();
}

export const isId = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Refuses a change of another version than the one that it was made on (RFC 9110 §13.1.1); without If-Match any will do. */
export function ensureVersion(request: FastifyRequest, version: string): void {
  const given = request.headers['if-match'];
  if (given === undefined || given.trim() === '*' || tagsIn(given).includes(version)) return;
  throw new DomainError('changed', 'It stands in another version than the one that If-Match names.');
}

/** One resource, as it was asked for, with its version; nothing where the client has that version. */
export function resourceAnswer(
  call: Pick<ScimCall, 'query' | 'request'>,
  resource: Resource,
  schema: ResourceSchema,
  {
    status,
    version,
    location,
  }: { readonly status: number; readonly version: string; readonly location: string },
): ScimAnswer {
  const known = call.request.headers['if-none-match'];
  const reads = call.request.method === 'GET' || call.request.method === 'HEAD';
  if (reads && known !== undefined && tagsIn(known).includes(version))
    return { status: 304, headers: { etag: version } };
  const body = projected(resource, readProjection(call.query, schema), schema);
  return { status, body, headers: { etag: version, location } };
}

const tagsIn = (given: string): string[] => given.split(',').map((tag) => weak(tag.trim()));
/** Weak and strong tags name the same version here: it is made of what is answered. */
const weak = (tag: string): string => (tag.startsWith('W/') ? tag : `W/${tag}`);
