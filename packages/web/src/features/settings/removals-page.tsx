import { useQuery } from '@tanstack/react-query';
import type { DueRemovalsWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { eraseRecord } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { EraseForm } from '../../kinds/erase-form.tsx';
import { refusal } from '../../kinds/roles.ts';
import { useLastAct } from '../../kinds/use-last-act.ts';
import { formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RefLink } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

type Due = DueRemovalsWire['items'][number];

const nextOf = ({ hold }: Due): string =>
  hold === null ? t('removals.archive') : t('removals.held', { hold });

const Row = ({ item, onErase }: { item: Due; onErase: () => void }) => {
  const kinds = useKinds();
  const { record, until, hold, archived, erase } = item;
  return (
    <tr>
      <th scope="row">
        <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
      </th>
      <td className={plain.tight}>{formatDay(until)}</td>
      <td>
        {archived && hold === null ? (
          <Button
            aria-label={t('removals.erase-of', { ref: record.ref })}
            reason={refusal(erase)}
            onClick={onErase}
          >
            {t('removals.erase')}
          </Button>
        ) : (
          nextOf(item)
        )}
      </td>
    </tr>
  );
};

/** Takes away for good what one record says, as the time that it is kept for is over. */
const EraseDue = ({ item: { record, version }, onClose }: { item: Due; onClose: () => void }) => {
  const { busy, problem, run } = useLastAct(onClose);
  const collection = useKinds().byName(record.kind)?.collection ?? '';
  const { ref } = record;
  return (
    <EraseForm
      title={t('erase.title', { ref })}
      submit={t('erase.do', { ref })}
      gone={[t('erase.gone.content', { n: version }), t('erase.gone.words'), t('erase.gone.files')]}
      stays={[t('erase.stays.versions', { ref }), t('erase.stays.approvals'), t('erase.stays.log')]}
      because="retention"
      word={ref}
      label={t('erase.type', { word: ref })}
      busy={busy}
      problem={problem}
      onErase={(reason) =>
        void run(() => eraseRecord({ collection, ref, version }, reason), t('erase.done', { ref }))
      }
      onClose={onClose}
    />
  );
};

const List = ({ due: { items, more }, onErase }: { due: DueRemovalsWire; onErase: (item: Due) => void }) => (
  <>
    <ScrollBox label={t('removals.title')}>
      <table className={plain.table} aria-label={t('removals.title')}>
        <thead>
          <tr>
            <th scope="col">{t('removals.record')}</th>
            <th scope="col">{t('removals.until')}</th>
            <th scope="col">{t('removals.next')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.record.id} item={item} onErase={() => onErase(item)} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
    {more ? <p className={css.quiet}>{t('removals.more')}</p> : null}
  </>
);

/** `/removals`: records whose time to be kept is over; each is removed by a person alone (7.5.3). */
export const Page = () => {
  const [erasing, setErasing] = useState<Due | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['due-removals'],
    queryFn: ({ signal }) => get<DueRemovalsWire>('/api/v1/due-removals', { signal }),
  });
  const problem = troubleOf(error);
  return (
    <SettingsFrame title={t('removals.title')} sentence={t('removals.sentence')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={4} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState sentence={t('removals.none')} clause="7.5.3" drawn={false} />
      ) : null}
      {data !== undefined && data.items.length > 0 ? <List due={data} onErase={setErasing} /> : null}
      {erasing === null ? null : <EraseDue item={erasing} onClose={() => setErasing(null)} />}
    </SettingsFrame>
  );
};
