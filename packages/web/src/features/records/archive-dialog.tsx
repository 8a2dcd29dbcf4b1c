import { useQueryClient } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { archiveRecord } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { linkCount } from './links-tab.tsx';

type ArchiveDialogProps = { kind: KindWire; record: RecordWire; onClose: () => void };

/** Takes a record out of its register, after saying what stays (UX f 18). */
export const ArchiveDialog = ({ kind, record, onClose }: ArchiveDialogProps) => {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const { ref, version } = record;
  const archive = async (): Promise<void> => {
    setBusy(true);
    try {
      await archiveRecord({ collection: kind.collection, ref, version });
      notify({ text: t('record.archived-done', { ref }) });
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
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
