import type { Query, QueryClient } from '@tanstack/react-query';
import { firstAnswersWait } from './first-answers.ts';

const moments = new WeakMap<object, number>();

/**
 * Notes from now on when each query was asked: an answer holds what happened before it was asked for, and perhaps
 * nothing of what happened while a busy server worked on it.
 */
export const noteAsking = (client: QueryClient): (() => void) =>
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'fetch') return;
    // Its answer may be one that was asked for as the page was opened.
    moments.set(event.query, firstAnswersWait() ? performance.timeOrigin : Date.now());
  });

/** When what a query holds, or waits for, was asked for, ms since the epoch; when it came, where it was not asked for. */
export const askedAt = (query: Pick<Query, 'state'>): number =>
  moments.get(query) ?? query.state.dataUpdatedAt;
