import { useQueryClient } from '@tanstack/react-query';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryRow } from './entry-row.tsx';
import css from './log.module.css';
import { LogFilters } from './log-filters.tsx';
import { filtersOf, useLog, useWaiting } from './use-log.ts';

const headings = ['number', 'time', 'who', 'did', 'record', 'because'] as const;

const Entries = ({
  entries,
  onOpen,
}: {
  entries: readonly LogEntryWire[];
  onOpen: (entry: LogEntryWire) => void;
}) => (
  <ScrollBox label={t('log.title')}>
    <table className={`${plain.table} ${css.table}`} aria-label={t('log.title')}>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th key={heading} scope="col" className={heading === 'number' ? plain.number : undefined}>
              {t(`log.${heading}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} onOpen={() => onOpen(entry)} />
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

/** `/log`: every change as one entry, newest first; filters in the address, new entries behind a count. */
export const Page = () => {
  usePageTitle(t('log.title'));
  const client = useQueryClient();
  const me = useSession();
  const [search] = useSearchState();
  const [live, setLive] = useState(true);
  const [shown, setShown] = useState<LogEntryWire | null>(null);
  const filters = filtersOf(search);
  const query = useLog(filters);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = useWaiting(filters, entries[0]?.id, live && query.data !== undefined);
  const problem = troubleOf(query.error);
  const showNew = (): void => void client.resetQueries({ queryKey: ['entries', filters] });
  return (
    <div className={css.page}>
      <div className={css.head}>
        <div>
          <h1 className={css.title}>
            {me === undefined ? t('log.title') : t('log.sentence', { n: me.log.size })}
          </h1>
          <p className={css.explain}>{t('log.explain')}</p>
        </div>
        <Checkbox label={t('log.live')} checked={live} onChange={setLive} />
      </div>
      <LogFilters />
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void query.refetch()} />}
      <div className={css.new} role="status">
        {waiting.count === 0 ? null : (
          <Button onClick={showNew}>
            {waiting.more ? t('log.new-more', { n: waiting.count }) : t('log.new', { n: waiting.count })}
          </Button>
        )}
      </div>
      {query.data === undefined && problem === null ? <Skeleton height={24} lines={12} /> : null}
      {query.data !== undefined && entries.length === 0 ? (
        <p className={css.explain}>{t('log.none')}</p>
      ) : null}
      {entries.length === 0 ? null : <Entries entries={entries} onOpen={setShown} />}
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('log.more')}
        </Button>
      ) : null}
      <EntryDrawer entry={shown} onClose={() => setShown(null)} />
    </div>
  );
};
