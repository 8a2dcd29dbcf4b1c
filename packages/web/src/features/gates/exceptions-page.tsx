import { useQuery } from '@tanstack/react-query';
import type { GateExceptionsWire } from '@throughline/domain/wire-gates.ts';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import { RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './gates.module.css';
import { fellWith, w } from './words.ts';

const Row = ({ item }: { item: GateExceptionsWire['items'][number] }) => {
  const kinds = useKinds();
  const { gate, system, stage, type, reason, missing, decidedBy, decidedOn, until, over, stands, fallen } =
    item;
  return (
    <tr>
      <th scope="row">
        <RefLink refText={system.ref} href={kinds.href(system)} /> {system.title}
        <p className={css.meta}>{stage}</p>
      </th>
      <td>
        <RefLink refText={gate.ref} href={kinds.href(gate)} title={gate.title} />
        <p className={css.meta}>{w(`exceptions.type.${type}`)}</p>
      </td>
      <td className={plain.prose}>
        {reason}
        {missing === null ? null : <p className={css.meta}>{w('exceptions.missing', { missing })}</p>}
      </td>
      <td>
        {decidedBy}
        {decidedOn === null ? null : <p className={css.meta}>{formatDay(decidedOn)}</p>}
      </td>
      <td className={[plain.tight, over || !stands ? css.fell : ''].join(' ')}>
        {formatDay(until)}
        {over ? <p>{w('exceptions.over')}</p> : null}
        {stands ? null : <p>{w('exceptions.fell-by', { refs: fellWith(gate, fallen) })}</p>}
      </td>
    </tr>
  );
};

const sentenceOf = ({ overdue, items }: GateExceptionsWire): string => {
  if (items.length === 0) return w('exceptions.none');
  const fell = items.filter(({ stands }) => !stands).length;
  const over = overdue === 0 ? w('exceptions.none-over') : w('exceptions.some-over', { n: overdue });
  return [
    w('exceptions.sentence', { n: items.length }),
    ...(fell === 0 ? [] : [w('exceptions.fell', { n: fell })]),
    ...(fell > 0 && overdue === 0 ? [] : [over]),
  ].join(' ');
};

const Exceptions = ({ exceptions: { overdue, items } }: { exceptions: GateExceptionsWire }) => (
  <div className={css.page}>
    <h1>{w('exceptions.title')}</h1>
    <p className={css.sentence}>{sentenceOf({ overdue, items })}</p>
    {items.length === 0 ? null : (
      <ScrollBox label={w('exceptions.title')}>
        <table className={plain.table} aria-label={w('exceptions.title')}>
          <thead>
            <tr>
              <th scope="col">{w('exceptions.system')}</th>
              <th scope="col">{w('exceptions.gate')}</th>
              <th scope="col">{w('exceptions.reason')}</th>
              <th scope="col">{w('exceptions.by')}</th>
              <th scope="col">{w('exceptions.until')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.gate.id} item={item} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    )}
  </div>
);

/** `/gates/exceptions`: what runs by an emergency or an admission afterwards, fallen and overdue first (A.6.2.5). */
export const Page = () => {
  usePageTitle(w('exceptions.title'));
  const { data, error, refetch } = useQuery({
    queryKey: ['gate-exceptions'],
    queryFn: ({ signal }) => get<GateExceptionsWire>('/api/v1/gates/exceptions', { signal }),
  });
  const problem = troubleOf(error);
  const register = useKinds().byCollection('gates');
  const crumbs = [{ label: register?.plural ?? '', href: '/gates' }, { label: w('exceptions.title') }];
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data === undefined ? null : <Exceptions exceptions={data} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data === undefined && problem !== null ? (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      ) : null}
    </>
  );
};
