import { refused } from '../api/client.ts';
import { forThisOrganisation, loadedForOrganisation, organisationHeader } from '../api/organisation.ts';
import { Problem, problemFrom } from '../api/problem.ts';

/** A kept file. The id is what a `file` field holds. */
export type BlobWire = { id: string; name: string; media: string; size: number };

export const blobHref = (id: string): string =>
  forThisOrganisation(`/api/v1/blobs/${encodeURIComponent(id)}`);

const isBlob = (value: unknown): value is BlobWire =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/** What a text says as JSON; undefined where it is none, which then counts as an answer that cannot be read. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};

const readAnswer = (request: XMLHttpRequest): BlobWire => {
  const body = parsed(request.responseText);
  if (request.status < 300 && isBlob(body)) return body;
  throw refused(request.status, body);
};

/**
 * Stores a file of this organisation. `progress` is told the share sent, 0 to 1: only XMLHttpRequest reports it.
 * Throws `Problem`; ending `signal` stops the upload and rejects with its reason.
 */
export const uploadBlob = (
  file: File,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<BlobWire> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.set('file', file, file.name);
    request.open('POST', '/api/v1/blobs');
    request.setRequestHeader('x-throughline', '1');
    request.setRequestHeader('accept', 'application/json');
    const organisation = loadedForOrganisation();
    if (organisation !== undefined) request.setRequestHeader(organisationHeader, organisation);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        resolve(readAnswer(request));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(problemFrom(0, undefined));
    request.onabort = () =>
      reject(signal?.reason ?? new DOMException('The upload was stopped.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });

/** The text of a kept file. Throws `Problem`. */
export const readBlobText = async (id: string, signal?: AbortSignal): Promise<string> => {
  const response = await fetch(blobHref(id), { credentials: 'same-origin', signal: signal ?? null });
  const text = await response.text();
  if (!response.ok) throw problemFrom(response.status, parsed(text));
  return text;
};

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem({
        status: 0,
        code: 'unreadable',
        title: error instanceof Error ? error.message : String(error),
        errors: [],
      });

/** Words of a text: runs of letters and figures. */
export const countWords = (text: string): number => text.match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0;
