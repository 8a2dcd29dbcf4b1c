import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GapProgressWire } from '@throughline/domain/wire-crosswalk.ts';
import { type ReactNode, useState } from 'react';
import { get, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { formatDay } from '../../text/dates.ts';
import type { Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './crosswalk.module.css';
import { PageOf } from './page-of.tsx';
import { w } from './words.ts';

type Item = GapProgressWire['items'][number];
const pathOf = (ref: string): string => `/api/v1/gap-analyses/${encodeURIComponent(ref)}`;
const states = ['not-there', 'planned', 'partly', 'in-place', 'excluded'] as const;
const stateWords = (state: string): string => {
  const known = states.find((one) => one === state);
  return known === undefined ? state : w(`gaps.state.${known}`);
};

const Standing = ({ of }: { of: Item['now'] }) =>
  of === null ? null : (
    <>
      {stateWords(of.state)}{' '}
      {of.state === 'excluded' ? null : (
        <span className={css.small}>{w('gaps.count', { done: of.done, of: of.of })}</span>
      )}
      {of.because === undefined ? null : <p className={css.small}>{of.because}</p>}
    </>
  );

const Plan = ({ item, view }: { item: Item; view: GapProgressWire }) => {
  const kinds = useKinds();
  const about = item.title === null ? item.item : w('gaps.task-for', { item: item.item, title: item.title });
  const fields = {
    ...{ name: about.slice(0, 200), rule: item.item },
    ...(item.target?.due ? { due: item.target.due } : {}),
  };
  return (
    <>
      {item.tasks.map(({ record, owner, due, done }) => (
        <p key={record.id}>
          <RefLink refText={record.ref} href={kinds.href(record)} /> {owner}{' '}
          {due === null ? null : <DateText value={due} due={!done} />}
        </p>
      ))}
      {item.stands === 'unplanned' || item.stands === 'over' ? (
        <Link href={newRecordHref('tasks', { fields, links: { concerns: [view.analysis] } })}>
          {w('gaps.add-task')}
        </Link>
      ) : null}
    </>
  );
};

const ItemRow = ({ item, view }: { item: Item; view: GapProgressWire }) => (
  <tr>
    <th scope="row">
      {item.item} <span className={css.small}>{item.title}</span>
    </th>
    <td>
      <Standing of={item.before} />
    </td>
    <td>
      <Standing of={item.now} />
    </td>
    <td>
      {item.target === null ? null : (
        <>
          {stateWords(item.target.state)}{' '}
          {item.target.due === null ? null : (
            <DateText
              value={item.target.due}
              due={item.stands !== 'reached'}
              before={w('gaps.due').toLowerCase()}
            />
          )}{' '}
          {item.target.owner}
        </>
      )}
    </td>
    <td className={item.stands === 'over' ? css.over : undefined}>
      {item.stands === null ? null : w(`gaps.stands.${item.stands}`)}
    </td>
    <td>
      <Plan item={item} view={view} />
    </td>
  </tr>
);

const Items = ({ view, items }: { view: GapProgressWire; items: readonly Item[] }) => (
  <ScrollBox label={w('gaps.page')}>
    <table className={plain.table} aria-label={w('gaps.page')}>
      <thead>
        <tr>
          <th scope="col">{w('gaps.item')}</th>
          <th scope="col">{w('gaps.before')}</th>
          <th scope="col">{w('gaps.now')}</th>
          <th scope="col">{w('gaps.target')}</th>
          <th scope="col">{w('gaps.stands')}</th>
          <th scope="col">{w('gaps.plan')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ItemRow key={item.item} item={item} view={view} />
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

const Progress = ({ view }: { view: GapProgressWire }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const kinds = useKinds();
  const closed = kinds.byName(view.analysis.kind)?.states[view.analysis.state]?.ended === true;
  const reason = useEditRefusal('gap-analyses', view.analysis.ref);
  const [shown, setShown] = useState<'all' | 'target'>('all');
  const freeze = useMutation({
    mutationFn: () =>
      post<GapProgressWire>(`${pathOf(view.analysis.ref)}/baseline`, {}, { ifMatch: etagOf(view.version) }),
    onSuccess: async (after) => {
      client.setQueryData(['gap-progress', view.analysis.ref], after);
      announce(w('gaps.frozen'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'record' });
    },
  });
  const problem = troubleOf(freeze.error);
  const { baselineOn, baselineAt, counts } = view;
  const items = shown === 'all' ? view.items : view.items.filter(({ target }) => target !== null);
  return (
    <>
      <h1>{view.analysis.title}</h1>
      {closed ? <p className={css.small}>{w('gaps.closed')}</p> : null}
      <p className={css.sentence}>
        {baselineOn === null
          ? w('gaps.no-baseline')
          : w('gaps.baseline', { day: formatDay(baselineOn), at: baselineAt ?? '' })}{' '}
        {counts.targets === 0 || baselineOn === null
          ? null
          : w('gaps.sentence', { ...counts, n: counts.targets })}{' '}
        {baselineOn === null ? null : w('gaps.moved', { forward: counts.forward, back: counts.back })}
      </p>
      {view.measures === 'nist-ai-rmf' || view.measures === 'iso27001' ? (
        <p className={css.small}>{w('gaps.by-people')}</p>
      ) : null}
      <div className={css.bar}>
        {baselineOn === null && !closed ? (
          <Button
            look="primary"
            reason={reason}
            reasonShown
            busy={freeze.isPending}
            onClick={() => freeze.mutate()}
          >
            {w('gaps.freeze')}
          </Button>
        ) : null}
        {closed ? null : (
          <Button reason={reason} onClick={() => navigate(`/gap-analyses/${view.analysis.ref}/edit`)}>
            {w('gaps.set')}
          </Button>
        )}
        <Segmented
          label={w('gaps.show')}
          value={shown}
          options={[
            { value: 'all', label: w('gaps.all') },
            { value: 'target', label: w('gaps.with-target') },
          ]}
          onChange={setShown}
        />
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
      <Items view={view} items={items} />
    </>
  );
};

export type GapPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** `/gap-analyses/:ref/progress`: where each item stood, stands now, and is to be. */
export const GapPage = ({ recordRef, crumbs, absent }: GapPageProps) => {
  const query = useQuery({
    queryKey: ['gap-progress', recordRef],
    queryFn: ({ signal }) => get<GapProgressWire>(`${pathOf(recordRef)}/progress`, { signal }),
  });
  if (query.error instanceof Problem && query.error.code === 'not-found') return absent;
  return (
    <PageOf title={w('gaps.title', { ref: recordRef })} crumbs={crumbs} query={query}>
      {(view) => <Progress view={view} />}
    </PageOf>
  );
};
