import { forThisOrganisation } from './organisation.ts';

/** Without a stream the open page asks again this often, in milliseconds. */
export const pollEvery = 15_000;
/** A page that nobody looks at gives its stream back after this long, in milliseconds. */
export const restAfter = 30_000;

export type StreamListener = {
  readonly types: readonly string[];
  hear(type: string, text: string): void;
  /** Something may have happened that was not heard: ask for everything once. */
  missed(): void;
};

const followed = new Set<() => void>();

/** Leaves every stream: whoever signs out would be refused when the browser tries to go on with one. */
export const leaveStreams = (): void => {
  for (const leave of followed) leave();
};

/**
 * Follows an event stream (WHATWG HTML §9.2) while the page is looked at. A browser opens six connections to a server
 * that speaks HTTP/1.1, over all its tabs: were each to keep a stream, the seventh page would never load. Where the
 * stream breaks, `missed` is called every 15 s until it is back. Answers how to leave.
 */
export const followStream = (path: string, listener: StreamListener): (() => void) => {
  let stream: EventSource | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let behind = false;

  const stopPolling = () => {
    clearInterval(poll);
    poll = undefined;
  };
  const close = () => {
    stream?.close();
    stream = undefined;
    stopPolling();
  };
  const open = () => {
    if (stream) return;
    stream = new EventSource(forThisOrganisation(path));
    for (const type of listener.types)
      stream.addEventListener(type, (message: MessageEvent<string>) => listener.hear(type, message.data));
    stream.onopen = () => {
      if (behind || poll !== undefined) listener.missed();
      behind = false;
      stopPolling();
    };
    stream.onerror = () => {
      poll ??= setInterval(listener.missed, pollEvery);
    };
  };
  const look = () => {
    clearTimeout(rest);
    if (!document.hidden) return open();
    rest = setTimeout(() => {
      behind = true;
      close();
    }, restAfter);
  };

  document.addEventListener('visibilitychange', look);
  // A page that was opened behind the one in front waits for its first look.
  if (document.hidden) behind = true;
  else open();
  const leave = () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(rest);
    close();
    followed.delete(leave);
  };
  followed.add(leave);
  return leave;
};
