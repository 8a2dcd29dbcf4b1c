import { useQueryClient } from '@tanstack/react-query';
import type { ErasureReason } from '@throughline/domain/erasure.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { eraseRecord } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { EraseForm } from '../../kinds/erase-form.tsx';
import { t } from '../../text/t.ts';
import type { Trouble } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';

type EraseDialogProps = { kind: KindWire; record: RecordWire; onClose: () => void };

/** Takes away for good what an archived record says, after saying what goes and what can still be proven. */
export const EraseDialog = ({ kind, record, onClose }: EraseDialogProps) => {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const { ref, version } = record;
  const erase = async (reason: ErasureReason): Promise<void> => {
    setBusy(true);
    try {
      await eraseRecord({ collection: kind.collection, ref, version }, reason);
      notify({ text: t('erase.done', { ref }) });
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <EraseForm
      title={t('erase.title', { ref })}
      submit={t('erase.do', { ref })}
      gone={[t('erase.gone.content', { n: version }), t('erase.gone.words'), t('erase.gone.files')]}
      stays={[t('erase.stays.versions', { ref }), t('erase.stays.approvals'), t('erase.stays.log')]}
      word={ref}
      label={t('erase.type', { word: ref })}
      busy={busy}
      problem={problem}
      onErase={(reason) => void erase(reason)}
      onClose={onClose}
    />
  );
};
