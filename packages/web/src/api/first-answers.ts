/** What came of a read: an answer, or why there is none. */
type Outcome = { response: Response } | { error: unknown };

declare global {
  interface Window {
    /** Answers by address that `src/begin.js` asked for while this code was on the way. */
    firstAnswers?: Map<string, Promise<Outcome>>;
  }
}

/** An answer older than this is asked for anew, ms: it was meant for the page that was being opened. */
const goodFor = 10_000;

/**
 * The answer to a read that was asked before this code was there; once, and only for the page that the browser opened.
 * `now` is in milliseconds since the document began, as `performance.now()` says it.
 */
export const firstAnswer = (
  method: string,
  url: string,
  now = performance.now(),
): Promise<Response> | undefined => {
  const { firstAnswers } = window;
  if (method !== 'GET' || firstAnswers === undefined) return undefined;
  if (now > goodFor) firstAnswers.clear();
  const answer = firstAnswers.get(url);
  firstAnswers.delete(url);
  return answer?.then(taken);
};

/** Whether answers that were asked for as the page was opened are still to be taken. */
export const firstAnswersWait = (): boolean => (window.firstAnswers?.size ?? 0) > 0;

const taken = (outcome: Outcome): Response => {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
};
