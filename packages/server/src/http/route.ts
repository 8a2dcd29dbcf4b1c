import type { OrganisationAct } from '@throughline/domain/permissions.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../store/context.ts';
import type { Caller } from './caller.ts';
import type { Kept } from './credentials.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may ask at all, before anything is loaded. `open`: anyone. `signed-in`: any member or token; the use case
 * decides the rest. Otherwise an act on the organisation itself.
 */
export type Access = 'open' | 'signed-in' | OrganisationAct;

/** `browser`: what the browser keeps beside, so that it is known again. */
export type SessionCookie = { readonly token: string; readonly expiresAt: Date; readonly browser: string };

export type Answer = {
  readonly status: number;
  /** JSON unless `headers` names another content type; then text, bytes or a stream. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Version of the record answered. */
  readonly version?: number;
  /** `keep`: this browser is to be known when it comes back; it lets nobody in. */
  readonly cookie?: SessionCookie | { readonly keep: string } | 'clear';
};

/** One answer in the contract: what it means and, for JSON, its shape. */
export type Described = {
  readonly description: string;
  readonly shape?: z.ZodType | ((collection: string) => unknown);
  /** Media type of what is not JSON. */
  readonly media?: string;
};

export type Call<P = unknown, Q = unknown, B = unknown> = {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly now: Date;
  /** The request's id, as problems and log entries cite it. */
  readonly id: string;
  /** Where it comes from as limits count it: see `networkOf`. */
  readonly ip: string;
  /** What the browser keeps for us, and sent; of marks, one that was made here. */
  readonly kept: Kept;
  /** Makes a mark for a browser that has none. */
  newBrowser(): string;
  /** The version that `If-Match` names; throws `version-required` or `malformed`. */
  version(): number;
  /** Whoever asked as they are by now, `null` once they would not be let in here: for answers that stay open. */
  callerNow(): Promise<Caller | null>;
  /** What a change of this request runs under: the actor, the moment, and the client's name for it. */
  change(because?: string | null | undefined): Context;
  readonly request: FastifyRequest;
};
export type OpenCall<P = unknown, Q = unknown, B = unknown> = Omit<
  Call<P, Q, B>,
  'caller' | 'change' | 'callerNow'
>;

type Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly method: Method;
  /** Below `/api/v1`, with `:names`. */
  readonly path: string;
  /** Heading in the document. */
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers: Readonly<Record<number, Described>>;
  /** The change needs `If-Match`. */
  readonly versioned?: true;
  /** Attempts per minute and address, where asking costs something before anyone is known. */
  readonly perMinute?: number;
  /** An answer that must leave as it comes. */
  readonly uncompressed?: true;
  /** Files arrive as a form; the handler reads them. */
  readonly form?: true;
};

/** A route with its types worn off: what the server registers and the document describes. */
export type Route = Declared<z.ZodType, z.ZodType, z.ZodType> & {
  readonly access: Access;
  readonly handle: (call: Call) => Promise<Answer>;
  readonly replay?: (subject: string | null, call: Call) => Promise<Answer>;
};

/**
 * Describes a route for somebody signed in. Input is checked before `handle` runs; a `POST` that was carried out under
 * the same `Idempotency-Key` is answered by `replay` from the id of what it made.
 */
export function route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
>(
  declared: Declared<P, Q, B> & {
    readonly access: Exclude<Access, 'open'>;
    readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer>;
    readonly replay?: (
      subject: string | null,
      call: Call<z.output<P>, z.output<Q>, z.output<B>>,
    ) => Promise<Answer>;
  },
): Route {
  return worn(declared);
}

/** Describes a route that anyone may ask. */
export function openRoute<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
>(
  declared: Declared<P, Q, B> & {
    readonly handle: (call: OpenCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer>;
  },
): Route {
  return worn({ ...declared, access: 'open' });
}

/** The one cast of this file: the wrapper hands `handle` exactly what the shapes made of the input. */
function worn(declared: object): Route {
  return declared as Route;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };
