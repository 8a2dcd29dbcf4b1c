import { useQuery } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { compareVersions } from '../api/records.ts';
import { troubleOf } from '../api/trouble.ts';
import { differences } from '../kinds/compare.ts';
import { Differences } from '../kinds/differences.tsx';
import { t } from '../text/t.ts';
import { ErrorLine } from '../ui/problem.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import css from './dialogs.module.css';

/** The version that was approved last, whether or not that approval still stands; null where none ever was. */
export const lastApproved = (record: Pick<RecordWire, 'approval'>): number | null =>
  record.approval?.acts.findLast((act) => act.act === 'approve')?.version ?? null;

/** What is new to whoever approves: everything that differs from the version approved last (UX d, Approve dialog). */
export const SinceApproved = ({ kind, record }: { kind: KindWire; record: RecordWire }) => {
  const from = lastApproved(record);
  const versions = { from: from ?? record.version, to: record.version };
  const { data, error, refetch } = useQuery({
    queryKey: ['history', record.ref, 'compare', versions],
    queryFn: ({ signal }) => compareVersions(kind.collection, record.ref, versions, signal),
    enabled: from !== null && from !== record.version,
  });
  if (from === null) return <p className={css.quiet}>{t('approval.first')}</p>;
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (from !== record.version && data === undefined) return <Skeleton height={24} lines={3} />;
  const found = data === undefined ? [] : (differences(kind, data.from, data.to) ?? []);
  if (data === undefined || found.length === 0)
    return <p className={css.quiet}>{t('approval.same-as', { n: from })}</p>;
  return (
    <section aria-label={t('approval.since', { n: from })}>
      <h3 className={css.heading}>{t('approval.since', { n: from })}</h3>
      <Differences
        kind={kind}
        found={found}
        known={data}
        versions={{ before: from, after: record.version }}
      />
    </section>
  );
};
