import { useQuery } from '@tanstack/react-query';
import type { ReadinessWire } from '@throughline/domain/wire.ts';
import type { NeedWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { homeQuery } from '../../api/home.ts';
import { troubleOf } from '../../api/trouble.ts';
import { ConfirmDialog } from '../../standing/confirm-dialog.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { t } from '../../text/t.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Link } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './home.module.css';
import { countOf, HomeSentence } from './home-sentence.tsx';
import { HomeSide } from './home-side.tsx';
import { MySystems } from './my-systems.tsx';
import { Needs } from './needs.tsx';
import { WhereToBegin } from './where-to-begin.tsx';

const Empty = () => (
  <EmptyState
    sentence={t('home.empty')}
    clause="4.3"
    actions={
      <>
        <Link href="/import?kind=use-case">{t('home.empty-import')}</Link>
        <Link href="/systems/new">{t('home.empty-new')}</Link>
      </>
    }
  />
);

/** An owner's word about an item, given where the need stands. */
const Confirm = ({ need, onClose }: { need: NeedWire; onClose: () => void }) => {
  const { data } = useQuery({
    queryKey: ['readiness', 'system'],
    queryFn: ({ signal }) => get<ReadinessWire>('/api/v1/readiness', { signal }),
  });
  const found = [...(data?.mandatory ?? []), ...(data?.supporting ?? [])].find(
    ({ record, clause }) => record?.id === need.record.id && clause === need.closes,
  );
  return found === undefined ? null : <ConfirmDialog item={found} onClose={onClose} />;
};

/** What needs the caller on the left, how the register stands on the right (UX d Home). */
export const Page = () => {
  usePageTitle(t('home.title'));
  const { run, dialog } = useAction();
  const [asked, setAsked] = useState<NeedWire | null>(null);
  const { data, error, refetch } = useQuery(homeQuery);
  const problem = troubleOf(error);
  if (data === undefined) {
    return (
      <div className={css.page}>
        <div className={css.left}>
          <h1 className={css.title}>{t('home.title')}</h1>
          {problem === null ? (
            <Skeleton height={32} lines={8} />
          ) : (
            <ErrorLine problem={problem} onRetry={() => void refetch()} />
          )}
        </div>
      </div>
    );
  }
  const fewSystems = data.systems.length > 0 && data.systems.length <= 5;
  return (
    <div className={css.page}>
      <div className={css.left}>
        {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
        <HomeSentence home={data} />
        {data.readiness.systems === 0 ? <Empty /> : null}
        {fewSystems ? <MySystems systems={data.systems} /> : null}
        <Needs home={data} onAction={run} onConfirm={setAsked} />
        {countOf(data) === 0 && data.readiness.systems > 0 ? <WhereToBegin {...data.readiness} /> : null}
        {data.readiness.authorityOpen ? (
          <p className={css.next}>
            {t('home.authority-open')} <Link href="/authority">{t('home.authority-do')}</Link>
          </p>
        ) : null}
        {fewSystems || data.systems.length === 0 ? null : <MySystems systems={data.systems} />}
      </div>
      <HomeSide home={data} />
      {dialog}
      {asked === null ? null : <Confirm need={asked} onClose={() => setAsked(null)} />}
    </div>
  );
};
