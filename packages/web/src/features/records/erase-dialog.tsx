import type { ErasureReason } from '@throughline/domain/erasure.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { eraseRecord } from '../../api/records.ts';
import { EraseForm } from '../../kinds/erase-form.tsx';
import { useLastAct } from '../../kinds/use-last-act.ts';
import { t } from '../../text/t.ts';

type EraseDialogProps = { kind: KindWire; record: RecordWire; onClose: () => void };

/** Takes away for good what an archived record says, after saying what goes and what can still be proven. */
export const EraseDialog = ({ kind, record, onClose }: EraseDialogProps) => {
  const { ref, version } = record;
  const { busy, problem, run } = useLastAct(onClose);
  const erase = (reason: ErasureReason): Promise<void> =>
    run(() => eraseRecord({ collection: kind.collection, ref, version }, reason), t('erase.done', { ref }));
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
