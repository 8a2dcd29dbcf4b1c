import type { ReactNode } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './crosswalk.module.css';

export type PageOfProps<D> = {
  title: string;
  crumbs?: readonly Crumb[];
  query: { data: D | undefined; error: unknown; refetch: () => unknown };
  children: (data: D) => ReactNode;
};

/** A page over one answer of the server: its place, and what it says while that is on its way or did not come. */
export const PageOf = <D,>({ title, crumbs, query, children }: PageOfProps<D>) => {
  usePageTitle(title);
  const { data, error, refetch } = query;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs ?? [{ label: title }]} />
      <div className={css.page} aria-busy={data === undefined && problem === null}>
        {data !== undefined ? (
          children(data)
        ) : problem === null ? (
          <Skeleton height={28} lines={8} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
      </div>
    </>
  );
};
