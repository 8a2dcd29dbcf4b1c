import { firstAnswer } from './first-answers.ts';
import {
  loadedForOrganisation,
  organisationHeader,
  saidOtherOrganisation,
  setLoadedFor,
} from './organisation.ts';
import { offlineProblem, Problem, problemFrom } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type RequestOptions = {
  query?: Query;
  signal?: AbortSignal;
  /** The version the change was made on; the server answers 412 where another came between (RFC 9110 13.1.1). */
  ifMatch?: string;
  /** Sent again unchanged on a retry, so that a change happens once. See `newIdempotencyKey`. */
  idempotencyKey?: string;
};

export type Answer<T> = { body: T; etag: string | undefined; status: number };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A key for one intended change: made when the person acts, kept over retries. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

export const withQuery = (path: string, query: Query | undefined): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
};

let onSignedOut: () => void = () => undefined;

/** What happens when the session has ended: the application goes to sign-in and comes back afterwards. */
export const setSignedOutHandler = (handler: () => void): void => {
  onSignedOut = handler;
};

let onOldProof: () => Promise<boolean> = async () => false;

/**
 * What happens when the server takes a change only from somebody who shows once more who they are: asked for in place,
 * so that nothing typed is lost. Resolves with true once it was shown, with false where the person would rather not.
 */
export const setOldProofHandler = (handler: () => Promise<boolean>): void => {
  onOldProof = handler;
};

/** Asks for a proof in place, as an old one does; resolves with true once it was shown. */
export const askForProof = (): Promise<boolean> => onOldProof();

/** The JSON of an answer's text; what claims to be JSON and is none is a problem of its own. */
export const readJson = (status: number, type: string, text: string): unknown => {
  if (status === 204 || !/[/+]json/.test(type) || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw problemFrom(status, { cause });
  }
};

/** Says that the session has ended. */
export const signedOut = (): void => {
  setLoadedFor(undefined);
  onSignedOut();
};

/** The problem of a refusal; that the session is in another organisation by now is told wherever it comes from. */
export const refused = (status: number, answer: unknown): Problem => {
  const problem = problemFrom(status, answer);
  if (problem.code === 'other-organisation') saidOtherOrganisation();
  return problem;
};

const readBody = async (response: Response): Promise<unknown> =>
  readJson(response.status, response.headers.get('content-type') ?? '', await response.text());

const headersOf = (method: Method, body: unknown, options: RequestOptions): Headers => {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined && !(body instanceof FormData) && !(body instanceof Blob))
    headers.set('content-type', 'application/json');
  // A header another site cannot send without asking: the server refuses changes without it.
  if (method !== 'GET') headers.set('x-throughline', '1');
  const organisation = loadedForOrganisation();
  if (organisation !== undefined) headers.set(organisationHeader, organisation);
  if (options.ifMatch !== undefined) headers.set('if-match', options.ifMatch);
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  return headers;
};

const encode = (body: unknown): BodyInit | null => {
  if (body === undefined) return null;
  return body instanceof FormData || body instanceof Blob ? body : JSON.stringify(body);
};

/** The most that is sent so that it outlives its page, characters: a browser keeps 64 KiB in all and refuses what is beyond. */
const outlivingLimit = 8_000;

/** A small change is sent to its end even when the person leaves the page the moment it was made. */
const outlivesPage = (method: Method, encoded: BodyInit | null): boolean =>
  method !== 'GET' && (encoded === null || (typeof encoded === 'string' && encoded.length <= outlivingLimit));

/** The one place where the shape of an answer is taken on trust: the server checks its answers against the same types. */
export const trust = <T>(value: unknown): T => value as T;

/**
 * One request to our own server. `path` begins with `/`. Resolves with the answer's JSON (undefined for 204);
 * throws `Problem` for every refusal and for no answer; an aborted request rejects with its own reason.
 */
export const request = async <T>(
  method: Method,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<Answer<T>> => {
  try {
    return await requestOnce<T>(method, path, body, options);
  } catch (error) {
    // Nothing of the refused request was kept, so it is sent again as it was.
    if (error instanceof Problem && error.code === 'step-up' && (await onOldProof()))
      return requestOnce<T>(method, path, body, options);
    throw error;
  }
};

let leaving = false;

/**
 * Ends the session. From here on the open page asks for nothing more: what it still begins to show would be refused
 * before the browser has left it. Where the session could not be ended, the page goes on.
 */
export const endSession = async (): Promise<void> => {
  leaving = true;
  try {
    await del('/api/v1/session');
  } catch (error) {
    leaving = false;
    throw error;
  }
};

const never = new Promise<never>(() => undefined);

const requestOnce = async <T>(
  method: Method,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Answer<T>> => {
  if (leaving && method === 'GET') return never;
  const encoded = encode(body);
  let response: Response;
  try {
    const url = withQuery(path, options.query);
    const ask = () =>
      fetch(url, {
        method,
        headers: headersOf(method, body, options),
        body: encoded,
        credentials: 'same-origin',
        keepalive: outlivesPage(method, encoded),
        signal: options.signal ?? null,
      });
    response = await (firstAnswer(method, url) ?? ask());
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw offlineProblem(cause);
  }
  const answer = await readBody(response);
  if (response.status === 401) signedOut();
  if (!response.ok) throw refused(response.status, answer);
  return { body: trust<T>(answer), etag: response.headers.get('etag') ?? undefined, status: response.status };
};

export const get = async <T>(path: string, options?: RequestOptions): Promise<T> =>
  (await request<T>('GET', path, undefined, options)).body;
export const post = async <T>(path: string, body?: unknown, options?: RequestOptions): Promise<T> =>
  (await request<T>('POST', path, body, options)).body;
export const put = async <T>(path: string, body?: unknown, options?: RequestOptions): Promise<T> =>
  (await request<T>('PUT', path, body, options)).body;
export const patch = async <T>(path: string, body?: unknown, options?: RequestOptions): Promise<T> =>
  (await request<T>('PATCH', path, body, options)).body;
export const del = async <T = void>(path: string, options?: RequestOptions): Promise<T> =>
  (await request<T>('DELETE', path, undefined, options)).body;

/** A change-free request whose answer is a file: its bytes as they come. Throws `Problem` like every other. */
export const postForFile = async (path: string, body: unknown): Promise<Blob> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: headersOf('POST', body, {}),
      body: encode(body),
      credentials: 'same-origin',
    });
  } catch (cause) {
    throw offlineProblem(cause);
  }
  if (response.status === 401) signedOut();
  if (!response.ok) throw refused(response.status, await readBody(response));
  return response.blob();
};

/** Hands bytes to the browser as a file. */
export const saveFile = (bytes: Blob, name: string): void => {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to save it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
