import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { t } from '../text/t.ts';

export type SearchState = Readonly<Record<string, string>>;

/** Search parameters as flat text, so that an address reads `?stage=live,pilot&sort=-gaps` and means the same when sent. */
export const parseSearch = (search: string): SearchState => Object.fromEntries(new URLSearchParams(search));

/** The inverse of `parseSearch`; commas and colons stay readable. Empty values are left out. */
export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
};

/** Go to an address of this application: `/systems?gap=any`. */
export const useNavigate = (): ((href: string, options?: { replace?: boolean }) => void) => {
  const router = useRouter();
  return useCallback(
    (href, options) => {
      if (options?.replace === true) router.history.replace(href);
      else router.history.push(href);
    },
    [router],
  );
};

export const usePath = (): string => useLocation({ select: (location) => location.pathname });

/** A parameter of the current route, such as `ref` in `/$collection/$ref`; the empty text where it has none. */
export const useRouteParam = (name: string): string => {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
};

/** The search parameters of the page, and a way to change some of them. `undefined` removes one. History is replaced unless `push`. */
export const useSearchState = (): [
  SearchState,
  (changes: Readonly<Record<string, string | undefined>>, options?: { push?: boolean }) => void,
] => {
  const router = useRouter();
  const text = useLocation({ select: (location) => location.searchStr });
  const state = useMemo(() => parseSearch(text), [text]);
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>, options?: { push?: boolean }) => {
      const { pathname, search, hash } = router.history.location;
      const href = `${pathname}${stringifySearch({ ...parseSearch(search), ...changes })}${hash}`;
      if (options?.push === true) router.history.push(href);
      else router.history.replace(href);
    },
    [router],
  );
  return [state, change];
};

/**
 * The secret of a link that opened this page. It stands in the fragment, `#token=…`: a browser sends that to nobody, so no
 * log on the way keeps it. The empty text where there is none.
 */
export const useLinkSecret = (): string => {
  const hash = useLocation({ select: (location) => location.hash });
  return new URLSearchParams(hash).get('token') ?? '';
};

/** Sets the window's title: "SYS-412 Claims triage assistant · Throughline" (UX g). */
export const usePageTitle = (page: string): void => {
  useEffect(() => {
    document.title = page === '' ? t('app.name') : t('app.title', { page });
  }, [page]);
};
