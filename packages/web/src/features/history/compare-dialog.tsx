import { useQuery } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { RevisionWire } from '@throughline/domain/wire-around.ts';
import { compareVersions } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { type Difference, differences, inOrder } from '../../kinds/compare.ts';
import { Differences } from '../../kinds/differences.tsx';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

type CompareDialogProps = {
  kind: KindWire;
  record: RecordWire;
  chosen: readonly [RevisionWire, RevisionWire];
  onRestore: ((version: RevisionWire, difference: Difference) => void) | undefined;
  onClose: () => void;
};

/** Two versions of a record and what differs, with a way back for each field. */
export const CompareDialog = ({ kind, record, chosen, onRestore, onClose }: CompareDialogProps) => {
  const [before, after] = inOrder(...chosen);
  const versions = { from: before.version, to: after.version };
  const { data, error, refetch } = useQuery({
    queryKey: ['history', record.ref, 'compare', versions],
    queryFn: ({ signal }) => compareVersions(kind.collection, record.ref, versions, signal),
  });
  const found = data === undefined ? undefined : differences(kind, data.from, data.to);
  return (
    <Dialog
      opened
      onClose={onClose}
      size="large"
      title={t('history.compare-title', { ref: record.ref, a: before.version, b: after.version })}
    >
      {error === null ? null : <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />}
      {found === undefined && error === null ? <Skeleton height={24} lines={4} /> : null}
      {found === null ? <p>{t('history.erased-content')}</p> : null}
      {found?.length === 0 ? <p>{t('history.same')}</p> : null}
      {data === undefined || found === undefined || found === null ? null : (
        <Differences
          kind={kind}
          found={found}
          known={data}
          versions={{ before: before.version, after: after.version }}
          act={(difference) =>
            onRestore === undefined || difference.type !== 'field' ? null : (
              <Button look="ghost" onClick={() => onRestore(before, difference)}>
                {t('history.restore')}
              </Button>
            )
          }
        />
      )}
    </Dialog>
  );
};
