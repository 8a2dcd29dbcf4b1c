import type { SoaWire } from '@throughline/domain/wire-soa.ts';
import { Fragment, type RefObject, useRef } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { startDownload } from '../../api/organisation.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { AsOfBar, AsOfControl } from '../../standing/as-of.tsx';
import { Unlimited } from '../../standing/unlimited.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportIcon, PrintIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useNavigate, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { formats } from './formats.ts';
import css from './soa.module.css';
import { SoaRow } from './soa-row.tsx';
import {
  barOf,
  byTopic,
  countsOf,
  isEmpty,
  nextWrong,
  notAdopted,
  rowsShown,
  type Show,
  showOf,
  shows,
} from './soa-state.ts';
import { useAdopt, useSoa, useSoaEvidence, useVersions } from './use-soa.ts';
import { Versions, versionsPlace } from './versions.tsx';
import { w } from './words.ts';

const columns = ['control', 'applies', 'why', 'place', 'test', 'wrong'] as const;

/** Which published version is in force: what is shown is the statement as the records give it (7.5). */
const InForce = () => {
  const { data } = useVersions();
  if (data === undefined) return null;
  const said =
    data.inForce === null ? w('soa.in-force-none') : w('soa.in-force-version', { n: data.inForce });
  return <Link href={`#${versionsPlace}`}>{said}</Link>;
};

/** How the statement stands, in one sentence before any row (UX a2): each count shows the rows that it counts. */
const Summary = ({ soa, hrefOf }: { soa: SoaWire; hrefOf: (show: Show) => string }) => {
  const zone = useTimeZone();
  const { counts } = soa;
  const found = countsOf(soa.rows);
  return (
    <>
      <p className={css.sentence}>
        {w('soa.decided', { n: counts.annexADecided, of: counts.annexA })}{' '}
        {found.some(([show]) => show === 'contradictions') ? null : `${w('soa.no-contradictions')} `}
        {found.map(([show, n], at) => (
          <Fragment key={show}>
            {at === 0 ? null : ', '}
            <Link href={hrefOf(show)}>{w(`soa.count.${show}`, { n })}</Link>
          </Fragment>
        ))}
        {found.length === 0 ? w('soa.no-gaps') : '.'}
      </p>
      <p className={css.asOf}>
        {w('soa.as-of', {
          at: formatInstant(new Date(soa.asOf), zone),
          systems: w('soa.systems', { n: counts.runningSystems }),
        })}{' '}
        {w('soa.decision-support')} {w('soa.row-whole')} {soa.past ? null : <InForce />}
      </p>
      {soa.unlimited === undefined ? null : (
        <div className={css.asOf}>
          {w('soa.interim')} <Unlimited unlimited={soa.unlimited} />
        </div>
      )}
    </>
  );
};

const Export = ({ soa, asOf }: { soa: SoaWire; asOf: string | undefined }) => {
  const reason = refusal(soa.abilities.export);
  return (
    <Menu
      align="end"
      trigger={<Button icon={<ExportIcon />}>{w('soa.export')}</Button>}
      groups={[
        {
          items: formats.map((format) => ({
            label: w(`soa.export-${format}`),
            reason,
            onSelect: () =>
              startDownload(
                `/api/v1/soa/export?format=${format}${asOf === undefined ? '' : `&asOf=${encodeURIComponent(asOf)}`}`,
              ),
          })),
        },
      ]}
    />
  );
};

const Adopt = ({ label, primary = false }: { label: string; primary?: boolean }) => {
  const adopt = useAdopt();
  const ability = useKinds().byName('control')?.abilities.create;
  const trouble = troubleOf(adopt.error);
  return (
    <>
      <Button
        look={primary ? 'primary' : 'default'}
        reason={refusal(ability)}
        busy={adopt.isPending}
        onClick={() => adopt.mutate()}
      >
        {label}
      </Button>
      {trouble === null ? null : <ProblemBox problem={trouble} />}
    </>
  );
};

/** N and P go from one row with something wrong to the next, A takes the step of the row in focus. */
const useKeys = (rows: SoaWire['rows'], table: RefObject<HTMLTableElement | null>) => {
  const rowOf = (id: string): HTMLElement | null | undefined =>
    table.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  const inFocus = (): HTMLElement | null =>
    document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
  const go = (step: 1 | -1) => () => {
    const next = nextWrong(rows, inFocus()?.dataset.row ?? null, step);
    if (next === undefined) return;
    const row = rowOf(next.id);
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys([
    { keys: 'n', label: w('soa.keys.next'), group: 'page', run: go(1) },
    { keys: 'p', label: w('soa.keys.previous'), group: 'page', run: go(-1) },
    {
      keys: 'a',
      label: w('soa.keys.act'),
      group: 'page',
      when: () => inFocus() !== null,
      run: () => inFocus()?.querySelector<HTMLButtonElement>('td:last-child button')?.click(),
    },
  ]);
};

const Rows = ({ soa, rows }: { soa: SoaWire; rows: SoaWire['rows'] }) => {
  const table = useRef<HTMLTableElement>(null);
  const { run, dialog } = useAction();
  const { data: evidence } = useSoaEvidence(soa.past ? soa.asOf : undefined);
  useKeys(rows, table);
  // One primary button on a page: the first contradiction, else the first thing that is wrong, else the first step.
  const first =
    rows.find(
      ({ action, faults }) => action !== null && faults.some(({ type }) => type === 'contradiction'),
    ) ??
    rows.find(({ action, faults }) => action !== null && faults.length > 0) ??
    rows.find(({ action }) => action !== null);
  return (
    <ScrollBox label={w('soa.title')}>
      <table ref={table} className={`${plain.table} ${css.table}`} aria-label={w('soa.title')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {w(`soa.column.${column}`)}
              </th>
            ))}
            <th scope="col" className={css.next}>
              {w('soa.column.next')}
            </th>
          </tr>
        </thead>
        {byTopic(rows).map((topic) => (
          <tbody key={topic.id}>
            <tr className={css.topic}>
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {topic.title === null ? w('soa.own') : `${topic.id} ${topic.title}`}
              </th>
            </tr>
            {topic.rows.map((row) => (
              <SoaRow
                key={row.control?.id ?? row.id}
                row={row}
                evidence={row.control ? evidence?.controls[row.control.ref] : undefined}
                primary={row === first && notAdopted(soa) < soa.rows.length}
                onAction={run}
              />
            ))}
          </tbody>
        ))}
      </table>
      {dialog}
    </ScrollBox>
  );
};

const Statement = ({ soa }: { soa: SoaWire }) => {
  const [search, setSearch] = useSearchState();
  const navigate = useNavigate();
  const show = showOf(search.show);
  const find = search.q ?? '';
  const rows = rowsShown(soa.rows, show, find);
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([{ keys: '/', label: w('soa.find'), group: 'list', run: () => box.current?.focus() }]);
  const all = () => setSearch({ show: undefined, q: undefined });
  const hrefOf = (next: Show) =>
    `/soa?${new URLSearchParams({ ...(search.asOf === undefined ? {} : { asOf: search.asOf }), show: next })}`;
  return (
    <>
      <Summary soa={soa} hrefOf={hrefOf} />
      <div className={css.bar}>
        <Segmented
          label={w('soa.show')}
          value={barOf(show)}
          onChange={(next) => setSearch({ show: next === 'all' ? undefined : next })}
          options={shows.map((value) => ({ value, label: w(`soa.show.${value}`) }))}
        />
        <input
          ref={box}
          type="search"
          className={css.find}
          aria-label={w('soa.find')}
          placeholder={w('soa.find')}
          value={find}
          onChange={(event) => setSearch({ q: event.target.value === '' ? undefined : event.target.value })}
        />
        <span className={css.small} aria-live="polite">
          {w('soa.found', { n: rows.length })}
        </span>
        <span className={css.tools}>
          {notAdopted(soa) > 0 && !soa.past ? <Adopt label={w('soa.adopt-rest')} /> : null}
          <Button
            reason={refusal(soa.abilities.decide)}
            onClick={() => navigate('/controls/new?from=%2Fsoa')}
          >
            {w('soa.new-own')}
          </Button>
          <Export soa={soa} asOf={search.asOf} />
          <Button icon={<PrintIcon />} onClick={() => window.print()}>
            {w('soa.print')}
          </Button>
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyState
          drawn={false}
          sentence={w('soa.found-none')}
          actions={<Button onClick={all}>{w('soa.show-all')}</Button>}
        />
      ) : (
        <Rows soa={soa} rows={rows} />
      )}
      {soa.past ? null : <Versions soa={soa} />}
    </>
  );
};

/** The moment and the place in the log of a statement that is not of now. */
const pastOf = (soa: SoaWire | undefined) => (soa?.past ? { at: soa.asOf, index: soa.index } : undefined);

/** `/soa`: the Statement of Applicability (6.1.3). */
export const Page = () => {
  usePageTitle(w('soa.title'));
  const [{ asOf }, setSearch] = useSearchState();
  const { data, error, refetch } = useSoa(asOf);
  const problem = troubleOf(error);
  const show = (at: string | undefined) => setSearch({ asOf: at }, { push: true });
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.title}>{w('soa.title')}</h1>
        <span className={css.headTools}>
          <Link href="/soa/matrix">{w('soa.matrix.link')}</Link>
          <AsOfControl asOf={asOf} onChange={show} />
        </span>
      </div>
      <AsOfBar asOf={pastOf(data)} onBack={() => show(undefined)} />
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={40} lines={12} /> : null}
      {data === undefined ? null : isEmpty(data) ? (
        <EmptyState
          sentence={`${w('soa.none')} ${w('soa.teach')}`}
          actions={<Adopt label={w('soa.adopt')} primary />}
        />
      ) : (
        <Statement soa={data} />
      )}
    </div>
  );
};
