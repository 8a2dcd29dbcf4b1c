import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FrameworkCoverageWire } from '@throughline/domain/wire-crosswalk.ts';
import { get } from '../../api/client.ts';
import { Link } from '../../ui/link.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
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

const Coverage = ({ coverage }: { coverage: FrameworkCoverageWire }) => (
  <ScrollBox label={w('coverage.title')}>
    <table className={plain.table} aria-label={w('coverage.title')}>
      <thead>
        <tr>
          <th scope="col">{w('coverage.item')}</th>
          <th scope="col">{w('coverage.through')}</th>
          <th scope="col" className={plain.number}>
            {w('coverage.systems')}
          </th>
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
            <td className={plain.number}>
              {row.least === null ? null : w('coverage.of', { n: row.least, of: coverage.systems })}
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

/** `/coverage`: running systems, controls, evidence and requirements by what a framework asks for. */
export const Page = () => {
  const [search, setSearch] = useSearchState();
  const framework = frameworks.find(({ value }) => value === search.framework)?.value ?? 'iso42001';
  const query = useQuery({
    queryKey: ['coverage', framework],
    queryFn: ({ signal }) => get<FrameworkCoverageWire>('/api/v1/coverage', { query: { framework }, signal }),
    placeholderData: keepPreviousData,
  });
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
              onChange={(value) => setSearch({ framework: value })}
            />
            <Link href="/crosswalk">{w('crosswalk.title')}</Link>
          </div>
          <Coverage coverage={data} />
        </>
      )}
    </PageOf>
  );
};
