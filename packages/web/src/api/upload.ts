import { type Query, readJson, refused, signedOut, trust, withQuery } from './client.ts';
import { loadedForOrganisation, organisationHeader } from './organisation.ts';
import { offlineProblem } from './problem.ts';

/** Bytes of the request that have left, of how many there are: the file and the few of the form around it. */
export type Sent = { sent: number; total: number };

type UploadOptions = {
  query?: Query;
  signal?: AbortSignal;
  onSent?: (sent: Sent) => void;
};

/**
 * Sends one file as a form does, and tells how far it is: `fetch` tells nothing about what it sends. Resolves with the
 * answer's JSON; throws `Problem` for every refusal and for no answer; when it is stopped, rejects with the signal's reason.
 */
export const upload = <T>(path: string, file: File, options: UploadOptions = {}): Promise<T> => {
  const { query, signal, onSent } = options;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const request = new XMLHttpRequest();
  request.open('POST', withQuery(path, query));
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('x-throughline', '1');
  const organisation = loadedForOrganisation();
  if (organisation !== undefined) request.setRequestHeader(organisationHeader, organisation);
  request.upload.addEventListener('progress', ({ loaded, total }) => onSent?.({ sent: loaded, total }));
  request.addEventListener('load', () => {
    const { status } = request;
    try {
      const answer = readJson(status, request.getResponseHeader('content-type') ?? '', request.responseText);
      if (status === 401) signedOut();
      if (status < 200 || status >= 300) throw refused(status, answer);
      resolve(trust<T>(answer));
    } catch (problem) {
      reject(problem);
    }
  });
  request.addEventListener('error', () => reject(offlineProblem(new Error('The upload was cut off'))));
  request.addEventListener('abort', () => reject(signal?.reason));
  const stop = (): void => request.abort();
  signal?.addEventListener('abort', stop);
  const form = new FormData();
  form.append('file', file);
  request.send(form);
  return promise.finally(() => signal?.removeEventListener('abort', stop));
};
