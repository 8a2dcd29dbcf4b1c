import { useQueryClient } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useState } from 'react';
import { restoreRecord, takeStep } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { StepDialog } from '../../standing/step-dialog.tsx';
import { t } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';
import { notify } from '../../ui/toast.tsx';
import { ApprovalDialog } from './approval-dialog.tsx';
import type { Step } from './next-step.ts';

/** The steps that move a record on; `notes` stand where somebody gives their word. */
export const useSteps = (kind: KindWire, record: RecordWire, notes: ReactNode) => {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Step | null>(null);
  const at = { collection: kind.collection, ref: record.ref, version: record.version };
  const close = (): void => setAsked(null);
  const take = async (step: Step): Promise<void> => {
    if (step.type === 'approval' || step.asks !== undefined) return setAsked(step);
    try {
      await takeStep(at, step.name);
      await client.invalidateQueries();
      announce(t('record.step-done', { ref: record.ref, state: kind.states[step.to]?.label ?? step.to }));
    } catch (error) {
      const problem = problemOf(error);
      notify({ text: [problem.message, ...problem.errors.map((item) => item.message)].join(' ') });
    }
  };
  const restore = async (): Promise<void> => {
    try {
      await restoreRecord(at);
      await client.invalidateQueries();
      notify({ text: t('record.restored-done', { ref: record.ref }) });
    } catch (error) {
      notify({ text: problemOf(error).message });
    }
  };
  const dialog =
    asked === null ? null : asked.type === 'approval' ? (
      <ApprovalDialog {...{ kind, record }} step={asked} notes={notes} onClose={close} />
    ) : (
      <StepDialog record={record.ref} transition={asked.name} label={asked.label} onClose={close} />
    );
  return { take, restore, dialog };
};
