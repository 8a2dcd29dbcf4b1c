import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SystemStandingsWire } from '@throughline/domain/wire-crosswalk.ts';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './crosswalk.module.css';
import { w } from './words.ts';

type Found = SystemStandingsWire['items'][number];
type Frameworks = readonly { readonly value: string; readonly label: string }[];

/** Of what is asked of the system: proven, in place, not there. */
const Share = ({ of }: { of: Found['frameworks'][number] }) => {
  const { carried, unproven, missing } = of;
  const asked = carried + unproven + missing;
  if (asked === 0) return <span className={css.small}>{w('coverage.no-adopted')}</span>;
  return (
    <span title={w('coverage.share', { carried, of: asked, unproven, missing })}>
      <b>{carried}</b> <span className={css.small}>/ {asked}</span>
      <br />
      <span className={css.small}>
        {unproven} {w('coverage.unproven')}, {missing} {w('coverage.missing')}
      </span>
    </span>
  );
};

const Row = ({ row, frameworks, ofItem }: { row: Found; frameworks: Frameworks; ofItem: boolean }) => (
  <tr>
    <th scope="row">
      <RefLink refText={row.system.ref} href={`/systems/${row.system.ref}`} /> {row.system.title}
    </th>
    {ofItem ? (
      <td>
        {row.controls.map(({ control, stands }, at) => (
          <span key={control}>
            {at === 0 ? '' : ', '}
            <Link href={`/soa/matrix?control=${control}&system=${row.system.ref}`}>{control}</Link>{' '}
            <span className={css.small}>{w(`coverage.${stands}`)}</span>
          </span>
        ))}
      </td>
    ) : (
      frameworks.map(({ value }) => {
        const of = row.frameworks.find((one) => one.framework === value);
        return <td key={value}>{of === undefined ? null : <Share of={of} />}</td>;
      })
    )}
  </tr>
);

/** Running systems with how far each framework is carried on them; of one item those on which it stands as asked. */
export const CoveredSystems = ({ framework, frameworks }: { framework: string; frameworks: Frameworks }) => {
  const [search] = useSearchState();
  const { item, stands } = search;
  const [words, setWords] = useState('');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['coverage', 'systems', framework, item ?? '', stands ?? '', words, page],
    queryFn: ({ signal }) =>
      get<SystemStandingsWire>('/api/v1/coverage/systems', {
        query: {
          framework,
          item,
          stands,
          q: words.trim() === '' ? undefined : words.trim(),
          page: String(page),
        },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const problem = troubleOf(query.error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void query.refetch()} />;
  const { data } = query;
  if (data === undefined) return <Skeleton height={28} lines={6} />;
  const ofItem = item !== undefined;
  return (
    <>
      <div className={css.bar}>
        <TextField
          label={w('coverage.find')}
          type="search"
          value={words}
          maxLength={200}
          onChange={(value) => {
            setWords(value);
            setPage(1);
          }}
        />
        <span className={css.small} aria-live="polite">
          {w('coverage.total', { n: data.total })}
        </span>
      </div>
      {data.items.length === 0 ? (
        <p>{w(ofItem || words !== '' ? 'coverage.none-such' : 'coverage.none')}</p>
      ) : (
        <ScrollBox label={w('coverage.system')}>
          <table className={plain.table} aria-label={w('coverage.system')}>
            <thead>
              <tr>
                <th scope="col">{w('coverage.system')}</th>
                {ofItem ? (
                  <th scope="col">{w('coverage.lacks')}</th>
                ) : (
                  frameworks.map(({ value, label }) => (
                    <th key={value} scope="col">
                      {label}
                    </th>
                  ))
                )}
              </tr>
            </thead>
            <tbody>
              {data.items.map((row) => (
                <Row key={row.system.id} row={row} frameworks={frameworks} ofItem={ofItem} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {page === 1 && data.next === null ? null : (
        <div className={css.bar}>
          {page === 1 ? null : <Button onClick={() => setPage(page - 1)}>{w('coverage.earlier')}</Button>}
          <span className={css.small}>{w('coverage.page', { n: page })}</span>
          {data.next === null ? null : (
            <Button onClick={() => setPage(page + 1)}>{w('coverage.later')}</Button>
          )}
        </div>
      )}
    </>
  );
};
