import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { archiveRecord } from '../../api/records.ts';
import { useLastAct } from '../../kinds/use-last-act.ts';
import { t } from '../../text/t.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { linkCount } from './links-tab.tsx';

type ArchiveDialogProps = { kind: KindWire; record: RecordWire; onClose: () => void };

/** Takes a record out of its register, after saying what stays (UX f 18). */
export const ArchiveDialog = ({ kind, record, onClose }: ArchiveDialogProps) => {
  const { ref, version } = record;
  const { busy, problem, run } = useLastAct(onClose);
  const archive = (): Promise<void> =>
    run(
      () => archiveRecord({ collection: kind.collection, ref, version }),
      t('record.archived-done', { ref }),
    );
  return (
    <FormDialog
      onClose={onClose}
      title={t('record.archive-title', { ref })}
      submit={t('record.archive', { ref })}
      cancel={t('record.keep')}
      look="danger"
      busy={busy}
      onSubmit={() => void archive()}
    >
      <p>
        {kind.name === 'system' && linkCount(record) > 0
          ? t('record.archive-text.system', { ref, n: linkCount(record) })
          : t('record.archive-text', { ref })}
      </p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};
