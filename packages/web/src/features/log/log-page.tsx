import { useQueryClient } from '@tanstack/react-query';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { useMemo, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useFaults } from '../../proof/log-state.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import { stringifySearch, useNavigate, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { StatusLine } from '../../ui/status-line.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import css from './log.module.css';
import { logColumns, numberWords } from './log-columns.tsx';
import { LogFilters } from './log-filters.tsx';
import { LogFrame } from './log-frame.tsx';
import { entryParameter, filtersOf, useEntry, useLog, useWaiting, type Waiting } from './use-log.ts';
import { t } from './words.ts';

const NewEntries = ({ waiting, onShow }: { waiting: Waiting; onShow: () => void }) => (
  <span role="status">
    {waiting.count === 0 ? null : (
      <Button onClick={onShow}>
        {waiting.more ? t('log.new-more', { n: waiting.count }) : t('log.new', { n: waiting.count })}
      </Button>
    )}
  </span>
);

/** `/log`: every change as one entry, newest first; filters and the open entry in the address, new entries behind a count. */
export const Page = () => {
  usePageTitle(t('log.title'));
  const client = useQueryClient();
  const me = useSession();
  const kinds = useKinds();
  const zone = useTimeZone();
  const faults = useFaults();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchState();
  const [live, setLive] = useState(true);
  const [seen, setSeen] = useState<readonly [number, number]>([0, 0]);
  const filters = filtersOf(search);
  const filtered = Object.keys(filters).length > 0;
  const query = useLog(filters);
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const waiting = useWaiting(filters, entries[0]?.id, live && query.data !== undefined);
  const shown = useEntry(search.entry, entries);
  const columns = useMemo(() => logColumns(kinds, zone, faults), [kinds, zone, faults]);
  const problem = troubleOf(query.error) ?? undefined;
  const hrefOf = (entry: LogEntryWire): string =>
    `/log${stringifySearch({ ...search, entry: entryParameter(entry) })}`;
  const showNew = (): void => void client.resetQueries({ queryKey: ['entries', filters] });
  const more = query.hasNextPage && !query.isFetchingNextPage;
  return (
    <LogFrame
      full
      tab="entries"
      sentence={me === undefined ? t('log.title') : t('log.sentence', { n: me.log.size })}
      acts={
        <span className={css.acts}>
          <NewEntries waiting={waiting} onShow={showNew} />
          <Checkbox label={t('log.live')} checked={live} onChange={setLive} />
        </span>
      }
    >
      <div className={css.tools}>
        <LogFilters />
      </div>
      <div className={css.grid}>
        <DataGrid<LogEntryWire>
          label={t('log.title')}
          columns={columns}
          rows={entries}
          rowId={({ id }) => id}
          rowName={(entry) => t('log.entry', { n: numberWords(entry) })}
          rowHref={hrefOf}
          onPeek={(entry) => navigate(hrefOf(entry))}
          onRange={(first, last) => setSeen([first + 1, last + 1])}
          state={query.data === undefined ? 'loading' : query.isFetchingNextPage ? 'refreshing' : 'ready'}
          more={query.hasNextPage}
          onMore={more ? () => void query.fetchNextPage() : undefined}
          problem={problem}
          onRetry={() => void query.refetch()}
          empty={<p className={css.explain}>{filtered ? t('log.none') : t('log.explain')}</p>}
        />
      </div>
      <StatusLine
        keys={[
          { keys: 'j', label: t('grid.next') },
          { keys: 'k', label: t('grid.previous') },
          { keys: 'enter', label: t('grid.open') },
          { keys: 'f', label: t('filter.add') },
        ]}
      >
        {entries.length === 0
          ? null
          : t('log.range', { from: seen[0], to: Math.min(seen[1], entries.length), n: entries.length })}
      </StatusLine>
      <EntryDrawer
        key={search.entry}
        asked={search.entry}
        entry={shown.entry}
        problem={shown.problem}
        waiting={shown.waiting || query.isPending}
        onClose={() => setSearch({ entry: undefined })}
      />
    </LogFrame>
  );
};
