import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { t } from '../../text/t.ts';
import type { PersonalAct, Step } from './next-step.ts';

/** What an act is called on this kind: a residual risk is accepted, everything else approved. */
export const approvalLabel = (kind: KindWire, act: PersonalAct, version: number): string => {
  if (act === 'submit') return t('approval.submit', { n: version });
  if (act === 'approve') return t(`approval.${kind.approving}`, { n: version });
  return t(`approval.${act}`);
};

export const stepLabel = (kind: KindWire, step: Step, record: RecordWire): string =>
  step.type === 'transition' ? step.label : approvalLabel(kind, step.act, record.version);
