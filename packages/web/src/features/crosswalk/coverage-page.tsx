import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FrameworkCoverageWire, FrameworkStandingsWire } from '@throughline/domain/wire-crosswalk.ts';
import { get } from '../../api/client.ts';
import { Link } from '../../ui/link.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CoveredSystems } from './covered-systems.tsx';
import css from './crosswalk.module.css';
import { PageOf } from './page-of.tsx';
import { w } from './words.ts';

const frameworks = [
  { value: 'iso42001', label: 'ISO/IEC 42001' },
  { value: 'eu-ai-act', label: 'EU AI Act' },
  { value: 'nist-ai-rmf', label: 'NIST AI RMF' },
  { value: 'iso27001', label: 'ISO/IEC 27001' },
] as const;
type Row = FrameworkCoverageWire['rows'][number];
/** What is asked of nobody has no systems to look at. */
const shownStates = ['carried', 'unproven', 'missing'] as const;

const Through = ({ row }: { row: Row }) =>
  row.through.length === 0 ? (
    <span className={css.small}>{w('coverage.nothing')}</span>
  ) : (
    row.through.map(({ control, relation, confidence, count, excluded }, at) => (
      <span key={control}>
        {at === 0 ? '' : ', '}
        {control.startsWith('A.') ? <Link href={`/soa/matrix?control=${control}`}>{control}</Link> : control}{' '}
        <span className={css.small}>
          {[
            relation,
            confidence,
            excluded !== null
              ? w('coverage.excluded', excluded)
              : count === null && control.startsWith('A.')
                ? w('coverage.no-control')
                : null,
          ]
            .filter((word) => word !== null)
            .join(', ')}
        </span>
      </span>
    ))
  );

const Duties = ({ duties }: Pick<Row, 'duties'>) =>
  duties === null ? null : (
    <>
      {w('coverage.duty', { n: duties.records, met: duties.met })}
      {duties.unowned === 0 ? null : (
        <span className={css.over}> {w('coverage.unowned', { n: duties.unowned })}</span>
      )}
    </>
  );

type Standings = FrameworkStandingsWire | undefined;

type Shown = { of: FrameworkStandingsWire['items'][number]; row: Row; framework: string };

/** Of what nobody decided nothing is in place, as a gap analysis counts it; what is excluded is said beside its control. */
const Unasked = ({ row, asked }: { row: Row; asked: number }) =>
  asked === 0 || row.through.every(({ excluded }) => excluded !== null) ? null : (
    <span className={css.small}>{w('coverage.undecided')}</span>
  );

/** On how many running systems: each number leads to those systems. */
const Stands = ({ of, row, framework }: Shown) =>
  of.counts !== null && shownStates.every((stands) => of.counts?.[stands] === 0) ? (
    <Unasked row={row} asked={of.counts['not-asked']} />
  ) : of.counts === null ? (
    <span className={css.small}>{w('coverage.no-adopted')}</span>
  ) : (
    <ul className={css.stands}>
      {shownStates.map((stands) => {
        const n = of.counts?.[stands] ?? 0;
        return n === 0 ? null : (
          <li key={stands}>
            <Link
              href={`/coverage?framework=${framework}&item=${encodeURIComponent(of.item)}&stands=${stands}`}
            >
              {n} {w(`coverage.${stands}`)}
            </Link>
          </li>
        );
      })}
    </ul>
  );

const Coverage = ({ coverage, standings }: { coverage: FrameworkCoverageWire; standings: Standings }) => (
  <ScrollBox label={w('coverage.title')}>
    <table className={plain.table} aria-label={w('coverage.title')}>
      <thead>
        <tr>
          <th scope="col">{w('coverage.item')}</th>
          <th scope="col">{w('coverage.through')}</th>
          <th scope="col">{w('coverage.stands')}</th>
          <th scope="col" className={plain.number}>
            {w('coverage.evidence')}
          </th>
          <th scope="col">{w('coverage.duties')}</th>
        </tr>
      </thead>
      <tbody>
        {coverage.rows.map((row) => (
          <tr key={row.item}>
            <th scope="row">
              {row.item} <span className={css.small}>{row.title}</span>
            </th>
            <td>
              <Through row={row} />
            </td>
            <td>
              <StandsOf row={row} standings={standings} />
            </td>
            <td className={plain.number}>{row.evidence}</td>
            <td>
              <Duties duties={row.duties} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

const StandsOf = ({ row, standings }: { row: Row; standings: Standings }) => {
  const of = standings?.items.find((one) => one.item === row.item);
  return standings === undefined || of === undefined ? null : (
    <Stands of={of} row={row} framework={standings.framework} />
  );
};

/** `/coverage`: running systems, controls, evidence and requirements by what a framework asks for, and system by system. */
export const Page = () => {
  const [search, setSearch] = useSearchState();
  const framework = frameworks.find(({ value }) => value === search.framework)?.value ?? 'iso42001';
  const query = useQuery({
    queryKey: ['coverage', framework],
    queryFn: ({ signal }) => get<FrameworkCoverageWire>('/api/v1/coverage', { query: { framework }, signal }),
    placeholderData: keepPreviousData,
  });
  const standings = useQuery({
    queryKey: ['coverage', 'standings', framework],
    queryFn: ({ signal }) =>
      get<FrameworkStandingsWire>('/api/v1/coverage/standings', { query: { framework }, signal }),
    placeholderData: keepPreviousData,
  });
  const stands = shownStates.find((state) => state === search.stands);
  const bySystem = search.by === 'system';
  return (
    <PageOf title={w('coverage.title')} query={query}>
      {(data) => (
        <>
          <h1>{w('coverage.title')}</h1>
          <p className={css.sentence}>
            {w('coverage.sentence', { n: data.systems, name: data.name })} {w('coverage.help')}
          </p>
          <div className={css.bar}>
            <Segmented
              label={w('crosswalk.framework')}
              value={framework}
              options={frameworks}
              onChange={(value) => setSearch({ framework: value, item: undefined, stands: undefined })}
            />
            <Segmented
              label={w('coverage.by')}
              value={bySystem ? 'system' : 'item'}
              options={[
                { value: 'item', label: w('coverage.by-item') },
                { value: 'system', label: w('coverage.by-system') },
              ]}
              onChange={(value) =>
                setSearch({ by: value === 'system' ? value : undefined, item: undefined, stands: undefined })
              }
            />
            <Link href="/crosswalk">{w('crosswalk.title')}</Link>
          </div>
          <p className={css.sentence}>{w('coverage.stands-help')}</p>
          {search.item !== undefined && stands !== undefined ? (
            <>
              <h2>{w('coverage.of-item', { item: search.item, stands: w(`coverage.${stands}`) })}</h2>
              <p>
                <Link href={`/coverage?framework=${framework}`}>{w('coverage.back')}</Link>
              </p>
              <CoveredSystems
                key={`${search.item} ${stands}`}
                framework={framework}
                frameworks={frameworks}
              />
            </>
          ) : bySystem ? (
            <CoveredSystems framework={framework} frameworks={frameworks} />
          ) : (
            <Coverage coverage={data} standings={standings.data} />
          )}
        </>
      )}
    </PageOf>
  );
};
