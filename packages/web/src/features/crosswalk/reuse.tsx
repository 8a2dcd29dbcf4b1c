import { useQuery } from '@tanstack/react-query';
import type { CrosswalkWire } from '@throughline/domain/wire-crosswalk.ts';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './crosswalk.module.css';
import { OwnMark, useFrameworkNames } from './own-mark.tsx';
import { w } from './words.ts';

const Rows = ({ reuse }: { reuse: CrosswalkWire }) => {
  const named = useFrameworkNames();
  const sources = new Map(reuse.sources.map(({ id, title }) => [id, title]));
  return (
    <ScrollBox label={w('reuse.title')}>
      <table className={plain.table} aria-label={w('reuse.title')}>
        <thead>
          <tr>
            <th scope="col">{w('crosswalk.framework')}</th>
            <th scope="col">{w('reuse.item')}</th>
            <th scope="col">{w('reuse.from')}</th>
            <th scope="col">{w('crosswalk.relation')}</th>
            <th scope="col">{w('crosswalk.confidence')}</th>
            <th scope="col">{w('crosswalk.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {reuse.rows.map((row) => (
            <tr key={row.id}>
              <td>{named(row.framework)}</td>
              <th scope="row">
                {row.to} <span className={css.small}>{row.toTitle}</span> <OwnMark row={row} />
                {row.note === null ? null : <p className={css.small}>{row.note}</p>}
              </th>
              <td title={row.fromTitle ?? undefined}>{row.from}</td>
              <td title={row.means}>{row.relation}</td>
              <td>{row.confidence}</td>
              <td className={css.small} title={row.basis.map((id) => sources.get(id) ?? id).join('; ')}>
                {row.says ?? row.basis.join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
};

/** On the page of a piece of evidence: what it may also speak to by the crosswalk. A suggestion; nothing is marked. */
export const Reuse = ({ of: ref }: { of: string }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence-reuse', ref, 'mapping'],
    queryFn: ({ signal }) =>
      get<CrosswalkWire>(`/api/v1/evidence/${encodeURIComponent(ref)}/reuse`, { signal }),
  });
  const problem = troubleOf(error);
  return (
    <section className={css.reuse} aria-labelledby="reuse-title">
      <h2 id="reuse-title">{w('reuse.title')}</h2>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={3} /> : null}
      {data === undefined ? null : data.rows.length === 0 ? (
        <p className={css.small}>{w('reuse.none')}</p>
      ) : (
        <>
          <p className={css.small}>{w('reuse.sentence', { n: data.rows.length })}</p>
          <Rows reuse={data} />
        </>
      )}
    </section>
  );
};
