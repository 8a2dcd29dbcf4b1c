import {
  askedOf,
  countsOf,
  lackingOf,
  type MatrixCounts,
  type MatrixView,
  stateNames,
  unitsOf,
  viewOf,
} from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixPart, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { useDeferredValue, useMemo, useState } from 'react';
import { startDownload } from '../../api/organisation.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CellMark } from './cell-mark.tsx';
import css from './matrix.module.css';
import { Choosing, FoldAll } from './matrix-choosing.tsx';
import { MatrixGrid } from './matrix-grid.tsx';
import { MatrixPanel } from './matrix-panel.tsx';
import { type FilterPart, filterOf, filterParts } from './matrix-state.ts';
import { useChoosing } from './use-choosing.ts';
import { type CellName, useMatrix } from './use-matrix.ts';
import { w } from './words.ts';

const formats = ['xlsx', 'csv'] as const;

const Select = ({
  part,
  value,
  options,
  onChange,
}: {
  part: FilterPart;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string | undefined) => void;
}) => (
  <select
    className={css.select}
    aria-label={w(`soa.matrix.filter.${part}`)}
    value={value ?? ''}
    onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
  >
    <option value="">{w(`soa.matrix.any.${part}`)}</option>
    {options.map(([id, label]) => (
      <option key={id} value={id}>
        {label}
      </option>
    ))}
  </select>
);

const named = ({ values }: MatrixPart) =>
  [...values].sort((a, b) => a.localeCompare(b)).map((value) => [value, value] as const);

type Search = Readonly<Record<string, string | undefined>>;
type Change = (changes: Search) => void;

const Filters = ({ matrix, search, change }: { matrix: MatrixWire; search: Search; change: Change }) => {
  const { stage, unit, owner } = matrix.systems;
  const topics = useMemo(() => {
    const known = new Map(matrix.rows.map(({ topic }) => [topic?.id ?? 'own', topic]));
    return [...known].map(
      ([id, topic]) => [id, topic === null ? w('soa.own') : `${topic.id} ${topic.title}`] as const,
    );
  }, [matrix]);
  const select = (part: FilterPart, options: readonly (readonly [string, string])[]) => (
    <Select
      part={part}
      value={search[part]}
      options={options}
      onChange={(value) => change({ [part]: value })}
    />
  );
  const text = (part: 'control' | 'system') => (
    <input
      type="search"
      className={css.find}
      aria-label={w(`soa.matrix.filter.${part}`)}
      placeholder={w(`soa.matrix.filter.${part}`)}
      value={search[part] ?? ''}
      onChange={(event) => change({ [part]: event.target.value === '' ? undefined : event.target.value })}
    />
  );
  return (
    <>
      {text('control')}
      {select('topic', topics)}
      {text('system')}
      {select('unit', named(unit))}
      {select('owner', named(owner))}
      {select('stage', named(stage))}
      {select('running', [['all', w('soa.matrix.running-all')]])}
      {select(
        'state',
        stateNames.map((state) => [state, w(`soa.cell.${state}`)]),
      )}
    </>
  );
};

const Export = ({ matrix, search }: { matrix: MatrixWire; search: Search }) => {
  const asked = new URLSearchParams(
    filterParts.flatMap((part) => (search[part] ? [[part, search[part]]] : [])),
  );
  return (
    <Menu
      align="end"
      trigger={<Button icon={<ExportIcon />}>{w('soa.export')}</Button>}
      groups={[
        {
          items: formats.map((format) => ({
            label: w(`soa.export-${format}`),
            reason: refusal(matrix.abilities.export),
            onSelect: () => startDownload(`/api/v1/soa/matrix/export?${asked}&format=${format}`),
          })),
        },
      ]}
    />
  );
};

/** What is in sight, and its cells by their state. */
type Counted = { matrix: MatrixWire; view: MatrixView; counts: MatrixCounts };

/** How what is in sight stands, in one sentence before any cell (UX a2). */
const Summary = ({ matrix, view, counts: { byRow } }: Counted) => {
  const zone = useTimeZone();
  const sum = (of: (counts: (typeof byRow)[number]) => number) =>
    byRow.reduce((all, counts) => all + of(counts), 0);
  return (
    <>
      <p className={css.sentence} aria-live="polite">
        {w('soa.matrix.sentence', {
          n: sum((counts) => counts['in-place']),
          of: sum(askedOf),
          lacking: sum(lackingOf),
        })}
      </p>
      <p className={css.quiet}>
        {w('soa.matrix.as-of', {
          at: formatInstant(new Date(matrix.asOf), zone),
          controls: w('soa.found', { n: view.rows.length }),
          systems: w('soa.matrix.systems', { n: view.systems.length }),
        })}
      </p>
    </>
  );
};

/** Units shown at once; the filter knows all of them. */
const unitsShown = 8;

/** What is in sight by organisational unit, the one that lacks most first: choosing one shows its systems alone. */
const Units = ({ matrix, view, counts, change }: Counted & { change: Change }) => {
  const units = useMemo(() => unitsOf(matrix, view, counts), [matrix, view, counts]);
  if (units.length < 2) return null;
  const more = units.length - unitsShown;
  return (
    <ul className={css.units} aria-label={w('soa.matrix.units')}>
      {units.slice(0, unitsShown).map(({ unit, systems, asked, inPlace, lacking }) => (
        <li key={unit ?? ''}>
          {unit === null ? (
            w('soa.matrix.no-unit')
          ) : (
            <button type="button" className={css.unit} onClick={() => change({ unit })}>
              {unit}
            </button>
          )}{' '}
          {w('soa.matrix.systems', { n: systems })}, {w('soa.matrix.of', { n: inPlace, of: asked })}
          {lacking === 0 ? null : (
            <>
              {', '}
              <b className={css.lacking}>{w('soa.matrix.lacking', { n: lacking })}</b>
            </>
          )}
        </li>
      ))}
      {more > 0 ? <li>{w('soa.more', { n: more })}</li> : null}
    </ul>
  );
};

const Legend = () => (
  <ul className={css.legend} aria-label={w('soa.matrix.legend')}>
    {stateNames.map((state) => (
      <li key={state}>
        <CellMark state={state} shared={false} /> {w(`soa.cell.${state}`)}
      </li>
    ))}
    <li>
      <CellMark state="in-place" shared /> {w('soa.matrix.legend-shared')}
    </li>
  </ul>
);

const Loaded = ({ matrix }: { matrix: MatrixWire }) => {
  const [search, setSearch] = useSearchState();
  // Typing stays quick: the grid follows when there is time for it.
  const asked = useDeferredValue(search);
  const shown = useMemo(() => viewOf(matrix, filterOf(asked)), [matrix, asked]);
  const [cell, setCell] = useState<CellName | null>(null);
  const choosing = useChoosing(matrix, shown, search.fold);
  const { view } = choosing;
  const counts = useMemo(() => countsOf(matrix, view), [matrix, view]);
  const fold = (units: ReadonlySet<string>): void =>
    setSearch({ fold: units.size === 0 ? undefined : [...units].map(encodeURIComponent).join(',') });
  const filtered = filterParts.some((part) => search[part] !== undefined);
  const none = Object.fromEntries(filterParts.map((part) => [part, undefined]));
  return (
    <>
      <Summary {...{ matrix, view, counts }} />
      <Units {...{ matrix, view, counts }} change={setSearch} />
      <div className={css.bar}>
        <Filters matrix={matrix} search={search} change={setSearch} />
        <span className={css.tools}>
          <FoldAll heads={choosing.heads} onFold={fold} />
          {filtered ? <Button onClick={() => setSearch(none)}>{w('soa.show-all')}</Button> : null}
          <Export matrix={matrix} search={search} />
        </span>
      </div>
      <Choosing matrix={matrix} choosing={choosing} />
      {view.rows.length === 0 || view.systems.length === 0 ? (
        <EmptyState drawn={false} sentence={w('soa.matrix.none')} />
      ) : (
        <div className={css.beside}>
          <MatrixGrid
            matrix={matrix}
            view={view}
            counts={counts}
            columns={choosing.columns}
            heads={choosing.heads}
            onFold={(unit) => fold(choosing.turned(unit))}
            chosen={choosing.chosen}
            onChoose={choosing.choose}
            onSet={choosing.open}
            onOpen={(place) => {
              const named = choosing.cellAt(place);
              if (named) setCell(named);
            }}
          />
          {cell === null ? null : (
            <MatrixPanel key={`${cell.control} ${cell.system}`} cell={cell} onClose={() => setCell(null)} />
          )}
        </div>
      )}
      <Legend />
    </>
  );
};

/** Before there is any column: what will stand here, and how it begins. */
const NoSystem = () => (
  <EmptyState
    sentence={w('soa.matrix.empty')}
    actions={
      <>
        <Link href="/import">{w('soa.matrix.import')}</Link>
        <Link href="/systems/new">{w('soa.matrix.add')}</Link>
      </>
    }
  />
);

/** `/soa/matrix`: how every control stands on every system. */
export const Page = () => {
  usePageTitle(w('soa.matrix.title'));
  const { data, error, refetch } = useMatrix();
  const problem = troubleOf(error);
  return (
    <div className={css.page} aria-busy={data === undefined && problem === null}>
      <div className={css.top}>
        <h1 className={css.title}>{w('soa.matrix.title')}</h1>
        <Link href="/soa">{w('soa.matrix.list')}</Link>
      </div>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={16} /> : null}
      {data === undefined ? null : data.systems.ref.length === 0 ? <NoSystem /> : <Loaded matrix={data} />}
    </div>
  );
};
