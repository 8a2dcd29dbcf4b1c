import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { t } from '../../text/t.ts';
import { isConfirmed, type PersonalAct, type Step } from './next-step.ts';

/** What an act is called: a residual risk is accepted, everything else approved, and what stands is confirmed. */
export const approvalLabel = (kind: KindWire, act: PersonalAct, record: RecordWire): string => {
  const { version } = record;
  if (act === 'submit') return t('approval.submit', { n: version });
  if (act === 'approve' && isConfirmed(record)) return t('approval.confirm', { n: version });
  if (act === 'approve') return t(`approval.${kind.approving}`, { n: version });
  return t(`approval.${act}`);
};

export const stepLabel = (kind: KindWire, step: Step, record: RecordWire): string =>
  step.type === 'transition' ? step.label : approvalLabel(kind, step.act, record);
