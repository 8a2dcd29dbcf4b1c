import { DomainError, type ErrorCode, type ErrorItem } from '@throughline/domain/errors.ts';
import { isObject } from '@throughline/domain/json.ts';
import type { ProblemWire } from '@throughline/domain/wire-problem.ts';
import { databaseRefusal } from '../database-refusal.ts';

type Code = ProblemWire['code'];

/** The one table from code to status (RFC 9110) and title (RFC 9457 §3.1.3: the same for every occurrence). */
export const problemTable: Readonly<Record<Code, { readonly status: number; readonly title: string }>> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'foreign-page': { status: 403, title: 'Another page asked for this' },
  forbidden: { status: 403, title: 'Your roles do not allow this' },
  'out-of-scope': { status: 403, title: 'The scope of this token does not allow this' },
  'second-factor-needed': { status: 403, title: 'A second factor is needed' },
  'step-up': { status: 403, title: 'Show once more that it is you' },
  'not-found': { status: 404, title: 'Not there, or not for you' },
  'wrong-method': { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'What stands does not allow this' },
  'other-organisation': { status: 409, title: 'You are in another organisation now' },
  changed: { status: 412, title: 'Somebody else wrote in between' },
  'too-large': { status: 413, title: 'Too large' },
  unsupported: { status: 415, title: 'A format that cannot be read' },
  unprocessable: { status: 422, title: 'Something in it cannot be taken' },
  'duplicate-request': { status: 422, title: 'The key names another request' },
  'version-required': { status: 428, title: 'Say which version this changes' },
  'too-many': { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'The server failed' },
  unavailable: { status: 503, title: 'The database does not answer' },
};

/** A refusal that only the door knows of: the path is there, the method is not. */
export class WrongMethod extends Error {
  override readonly name = 'WrongMethod';
  readonly allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    super(`This address takes ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

export type Problem = {
  readonly body: ProblemWire;
  readonly headers: Readonly<Record<string, string>>;
  /** An error of ours: logged in full, shown as nothing but the request's id. */
  readonly unexpected: boolean;
};

/** Turns whatever was thrown into the problem that is sent. `request` is the request's id. */
export function problemOf(error: unknown, request: string): Problem {
  if (error instanceof DomainError) return expected(error, request);
  if (error instanceof WrongMethod) {
    const headers = { allow: error.allowed.join(', ') };
    return { body: wire('wrong-method', error.message, request), headers, unexpected: false };
  }
  const known = fromDoor(error) ?? databaseRefusal(error);
  if (known) return expected(known, request);
  const detail = `It is logged under ${request}. Nothing of this request was kept.`;
  return { body: wire('internal', detail, request), headers: {}, unexpected: true };
}

function expected(error: DomainError, request: string): Problem {
  const facts = Object.keys(error.facts).length > 0 ? { facts: shownFacts(error.facts) } : {};
  const seconds = error.facts.retryAfter;
  const headers: Record<string, string> = {};
  if (error.code === 'unavailable') headers['retry-after'] = '2';
  if (typeof seconds === 'number') headers['retry-after'] = String(seconds);
  if (error.code === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  return {
    body: { ...wire(error.code, error.message, request, error.items), ...facts },
    headers,
    unexpected: false,
  };
}

/** Causes name hosts and files: they belong to the server's log. */
function shownFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'cause'));
}

function wire(code: Code, detail: string, request: string, errors: readonly ErrorItem[] = []): ProblemWire {
  const { status, title } = problemTable[code];
  return { type: `/api/docs#${code}`, title, status, code, detail, instance: request, errors };
}

const doorCodes: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'too-large',
    detail: 'The body is larger than 1 MiB, which is the most.',
  },
  FST_REQ_FILE_TOO_LARGE: {
    code: 'too-large',
    detail: 'The file is larger than 100 MiB, which is the most.',
  },
  FST_FILES_LIMIT: { code: 'too-large', detail: 'One file at a time.' },
  FST_FIELDS_LIMIT: { code: 'too-large', detail: 'The form has too many fields.' },
  FST_PARTS_LIMIT: { code: 'too-large', detail: 'The form has too many parts.' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    code: 'unsupported',
    detail: 'A file is sent as multipart/form-data.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported',
    detail: 'The body is sent as application/json (files as multipart/form-data).',
  },
};

/** The form parser's own complaints, which carry no code. */
const brokenForm =
  /unexpected end of multipart data|^Multipart: Boundary not found|^Unsupported Content-Type\./i;

/** What the HTTP framework refuses before a handler is reached. */
function fromDoor(error: unknown): DomainError | undefined {
  if (!isObject(error)) return undefined;
  const known = typeof error.code === 'string' ? doorCodes[error.code] : undefined;
  if (known) return new DomainError(known.code, known.detail);
  if (typeof error.message === 'string' && brokenForm.test(error.message))
    return new DomainError('malformed', 'The form breaks off or its parts cannot be told apart.');
  const status = error.statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  if (status === 404) return new DomainError('not-found', 'You cannot see this, or it does not exist.');
  const detail = typeof error.message === 'string' ? error.message : 'The request cannot be read.';
  return new DomainError(status === 413 ? 'too-large' : 'malformed', detail);
}
