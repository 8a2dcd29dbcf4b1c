import { useQueryClient } from '@tanstack/react-query';
import { inSentence } from '@throughline/domain/kind-words.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { startDownload } from '../../api/organisation.ts';
import { useSession } from '../../api/session.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { useBrokenRecords } from '../../proof/record-faults.ts';
import { AsOfBar, AsOfControl } from '../../standing/as-of.tsx';
import { WaivedHere } from '../../standing/waived-approvals.tsx';
import { formatNumber, type PlainTextKey, t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridGroup } from '../../ui/grid/grid-types.ts';
import { ExportIcon, ImportIcon, PlusIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { Menu } from '../../ui/menu.tsx';
import { stringifySearch, useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { usePreference } from '../../ui/preferences.ts';
import { StatusLine } from '../../ui/status-line.tsx';
import { createStore, useStore } from '../../ui/store.ts';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { useMedia } from '../../ui/use-media.ts';
import { undoLast } from './changes.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { GoTo } from './go-to.tsx';
import { grouped, type Line, ungrouped } from './grouping.ts';
import { PeekDrawer } from './peek-drawer.tsx';
import css from './register.module.css';
import { RegisterBulk } from './register-bulk.tsx';
import { emptyColumns, gridColumns, lineSummary } from './register-cells.tsx';
import { lineFirst } from './register-columns.ts';
import { RegisterEmpty } from './register-empty.tsx';

import { nextSort, viewQuery } from './register-state.ts';
import { type Look, RegisterTools, totalText } from './register-tools.tsx';
import { rememberRows } from './row-trail.ts';
import { useLetters } from './use-letters.ts';
import { type Register, useRegister } from './use-register.ts';
import { useSelection } from './use-selection.ts';

export type RegisterPageProps = {
  kind: KindWire;
  /** The row of saved views; `query` is the address as a view keeps it. */
  views: (query: string, all: string | undefined) => ReactNode;
};

/** Pages that look at a register in another way than as a list, by its collection. */
const beside: Readonly<Record<string, readonly { href: string; label: PlainTextKey }[]>> = {
  classifications: [
    { href: '/classifications/due', label: 'register.due' },
    { href: '/classifications/rules', label: 'register.rules' },
  ],
};

const Beside = ({ collection }: { collection: string }) =>
  beside[collection] === undefined ? null : (
    <nav aria-label={t('register.beside')} className={css.beside}>
      {beside[collection].map(({ href, label }) => (
        <Link key={href} href={href}>
          {t(label)}
        </Link>
      ))}
    </nav>
  );

/** How a person sees registers. Fingers get the taller rows unless the person chose otherwise. */
const useLook = (): [Look, (next: Look) => void] => {
  const coarse = useMedia('(pointer: coarse)');
  const [density, keepDensity] = usePreference('density', coarse ? '40' : '32');
  const [plain, keepPlain] = usePreference('plain', 'no');
  const look: Look = { density: density === '40' ? 40 : 32, plain: plain === 'yes' };
  const keep = (next: Look): void => {
    if (next.density !== look.density) keepDensity(String(next.density));
    if (next.plain !== look.plain) keepPlain(next.plain ? 'yes' : 'no');
  };
  return [look, keep];
};

const Head = ({ register, all }: { register: Register; all: string | undefined }) => {
  const { kind, asked, asOf, change } = register;
  const navigate = useNavigate();
  const may = kind.abilities.create;
  const refused = may === undefined || may.allowed ? undefined : may.reason;
  const exportHref = (format: string): string =>
    `/api/v1/${kind.collection}/export${stringifySearch({ ...asked, format })}`;
  const download = (format: string) => () => startDownload(exportHref(format));
  const create = (): void => navigate(newRecordHref(kind.collection));
  useHotkeys([
    {
      keys: 'c',
      label: t('register.new-key'),
      group: 'list',
      run: create,
      when: () => refused === undefined,
    },
  ]);
  return (
    <header className={css.head}>
      <h1>{kind.plural}</h1>
      <span className={css.count}>{all}</span>
      <Beside collection={kind.collection} />
      <span className={css.spacer} />
      <AsOfControl asOf={asOf} onChange={(at) => change({ asOf: at }, { push: true })} />
      <Button
        look="ghost"
        icon={<ImportIcon />}
        reason={asOf === undefined ? undefined : t('register.as-of-locked')}
        onClick={() => navigate(`/import?kind=${kind.name}`)}
      >
        {t('register.import')}
      </Button>
      <Menu
        align="end"
        trigger={
          <Button look="ghost" icon={<ExportIcon />}>
            {t('register.export')}
          </Button>
        }
        groups={[
          {
            items: [
              { label: t('register.export.csv'), onSelect: download('csv') },
              { label: t('register.export.xlsx'), onSelect: download('xlsx') },
              { label: t('register.export.json'), onSelect: download('json') },
            ],
          },
        ]}
      />
      <Button look="primary" icon={<PlusIcon />} keys="c" reason={refused} onClick={create}>
        {t('register.new', { what: inSentence(kind.label) })}
      </Button>
    </header>
  );
};

const useAnnouncedCount = (register: Register): void => {
  const total = register.count?.total?.count;
  const filtered = Object.keys(register.narrowed).length > 0;
  useEffect(() => {
    if (filtered && total !== undefined) announce(t('register.filtered', { n: total }));
  }, [filtered, total]);
};

const useLines = (register: Register): readonly Line[] => {
  const { kind, group, rows, names, facets, folds, list } = register;
  const { keys: folded } = folds;
  const more = list.hasNextPage;
  return useMemo(
    () =>
      group === undefined
        ? ungrouped(rows)
        : grouped({ kind, part: group, rows, names, facets, folded, more }),
    [kind, group, rows, names, facets, folded, more],
  );
};

const nameOf = (line: Line): string =>
  line.type === 'row'
    ? t('register.select-row', { ref: line.row.ref, title: line.row.title })
    : line.group.label;

const headOf = (line: Line): GridGroup | undefined => (line.type === 'group' ? line.group : undefined);

const Grid = ({ register, look }: { register: Register; look: Look }) => {
  const { kind, list, rows, sort, change, search, count, names, asOf } = register;
  const narrow = useMedia('(max-width: 1199px)');
  const { columns: chosen } = register;
  const columns = useMemo(() => (narrow ? lineFirst(kind, chosen) : chosen), [narrow, kind, chosen]);
  const lines = useLines(register);
  const selection = useSelection(rows, viewQuery(register.narrowed));
  const [peeked, setPeeked] = useState<string | null>(null);
  const gapsByStation = count?.gapsByStation;
  const summaries = useMemo(
    () => lineSummary(gapsByStation, (station) => change({ gap: station }, { push: true })),
    [gapsByStation, change],
  );
  const broken = useBrokenRecords();
  const letters = useLetters(kind, columns, list.data?.pages[0]?.items, names);
  // As text, so that more rows of the same kind leave the columns, and with them the rows drawn, as they are.
  const empty = useMemo(() => emptyColumns(kind, columns, rows).join(' '), [kind, columns, rows]);
  const grid = useMemo(
    () =>
      gridColumns(columns, {
        ...{ kind, names, broken, empty: new Set(empty.split(' ')) },
        ...(letters === undefined ? {} : { letters }),
      }),
    [columns, kind, names, broken, empty, letters],
  );
  const at = rows.findIndex((row) => row.id === peeked);
  const move = (by: 1 | -1): void => {
    const next = rows[at + by];
    if (next !== undefined) setPeeked(next.id);
  };
  useEffect(() => rememberRows(kind.collection, rows), [kind.collection, rows]);
  const loadMore = (): void => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  const problem = list.error === null ? undefined : problemOf(list.error);
  const backwards = register.place.at === 'last';
  return (
    <>
      {backwards && list.hasNextPage ? (
        <div className={css.earlier}>
          <Button busy={list.isFetchingNextPage} onClick={loadMore}>
            {t('register.go.earlier')}
          </Button>
        </div>
      ) : null}
      <div className={css.grid}>
        <DataGrid<Line>
          label={kind.plural}
          columns={grid}
          summaries={summaries}
          rows={lines}
          rowId={(line) => line.id}
          rowName={nameOf}
          rowHref={(line) =>
            line.type === 'row'
              ? `/${kind.collection}/${line.row.ref}${asOf === undefined ? '' : stringifySearch({ asOf })}`
              : `/${kind.collection}${stringifySearch(search)}`
          }
          total={count === undefined || count.total.more ? undefined : count.total.count}
          density={look.density}
          plain={look.plain}
          sort={sort}
          onSort={(key) =>
            change({ sort: nextSort(sort, key), group: undefined, from: undefined, at: undefined })
          }
          selected={selection.ids}
          onSelect={selection.select}
          {...(register.group === undefined ? {} : { groupOf: headOf })}
          onFold={(line, folded) => {
            if (line.type === 'group') register.folds.fold(line.key, folded);
          }}
          onPeek={(line) => {
            if (line.type === 'row') setPeeked(line.row.id);
          }}
          // The last rows are read backwards: what comes before them is asked for by hand, above.
          onMore={backwards ? undefined : loadMore}
          more={!backwards && list.hasNextPage}
          onRange={keepRange}
          state={
            list.isPending ? 'loading' : list.isFetching && !list.isFetchingNextPage ? 'refreshing' : 'ready'
          }
          problem={problem}
          onRetry={() => void list.refetch()}
          empty={<RegisterEmpty register={register} />}
        />
      </div>
      <RegisterBulk register={register} selection={selection} />
      <PeekDrawer
        kind={kind}
        row={at === -1 ? undefined : rows[at]}
        asOf={asOf}
        onMove={move}
        onClose={() => setPeeked(null)}
      />
    </>
  );
};

/** The rows that are seen: apart from the page, so that scrolling draws the foot alone. */
const range = createStore<{ first: number; last: number }>({ first: 0, last: 0 });
const keepRange = (first: number, last: number): void =>
  range.set((now) => (now.first === first && now.last === last ? now : { first, last }));

const Position = ({ register, total }: { register: Register; total: string }) => {
  const { first, last } = useStore(range);
  const n = Math.max(0, Math.min(last, register.rows.length - 1) - first + 1);
  if (register.group !== undefined || register.place.at !== 'first')
    return t('register.position-open', { n, total });
  return t('register.position', { first: formatNumber(first + 1), last: formatNumber(first + n), total });
};

const Foot = ({ register }: { register: Register }) => {
  const { rows, count, kind } = register;
  const total = totalText(count?.total);
  const stale = kind.name === 'system' ? rows.filter((row) => row.line?.stale === true).length : 0;
  return (
    <StatusLine
      keys={[
        { keys: 'j k', label: t('register.keys.move') },
        { keys: 'x', label: t('register.keys.select') },
        { keys: 'enter', label: t('register.keys.open') },
        { keys: 'space', label: t('register.keys.peek') },
        { keys: 'e', label: t('register.keys.edit') },
        { keys: '?', label: t('register.keys.all') },
      ]}
    >
      {stale === 0 ? null : `${t('register.rechecked', { n: stale })} · `}
      {rows.length === 0 || total === undefined ? null : <Position register={register} total={total} />}
      {rows.length === 0 && register.place.at === 'first' ? null : <GoTo register={register} />}
    </StatusLine>
  );
};

/** The register of one kind, drawn from its declaration. The address is its whole state (UX d). */
export const RegisterPage = ({ kind, views }: RegisterPageProps) => {
  const register = useRegister(kind);
  const client = useQueryClient();
  const [look, keepLook] = useLook();
  const counted = useSession()?.counts[kind.name];
  const unfiltered =
    Object.keys(register.narrowed).length === 0 ? totalText(register.count?.total) : undefined;
  // What the session counted is of now.
  const known = register.asOf === undefined ? counted : undefined;
  const all = unfiltered ?? (known === undefined ? undefined : formatNumber(known));
  usePageTitle(kind.plural);
  useAnnouncedCount(register);
  useHotkeys([
    {
      keys: 'mod+z',
      label: t('register.undo-key'),
      group: 'everywhere',
      run: () => void undoLast(client),
      when: () => register.asOf === undefined,
    },
  ]);
  return (
    <div className={css.page}>
      <Head register={register} all={all} />
      <AsOfBar
        asOf={register.list.data?.pages[0]?.asOf}
        onBack={() => register.change({ asOf: undefined }, { push: true })}
      >
        {t(kind.name === 'system' ? 'register.as-of-left-out' : 'register.as-of-without-words')}
      </AsOfBar>
      {views(viewQuery(register.search), all)}
      <WaivedHere kind={kind.name} approvable={kind.approvable} />
      <RegisterTools register={register} all={all} look={look} onLook={keepLook} />
      <Grid register={register} look={look} />
      <Foot register={register} />
      <ConflictDialog />
    </div>
  );
};
