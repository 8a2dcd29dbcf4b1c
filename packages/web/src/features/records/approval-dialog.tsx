import { useQueryClient } from '@tanstack/react-query';
import { asksWhy } from '@throughline/domain/approvals.ts';
import { isSentence } from '@throughline/domain/text.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useId, useState } from 'react';
import { decideApproval } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { refusal } from '../../kinds/roles.ts';
import { shortDigest } from '../../proof/short-digest.ts';
import { SinceApproved } from '../../standing/since-approved.tsx';
import { Unlimited } from '../../standing/unlimited.tsx';
import { t } from '../../text/t.ts';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { Stale } from './changed-since.tsx';
import type { PersonalAct, Step } from './next-step.ts';
import css from './record.module.css';
import { approvalLabel } from './step-label.ts';
import { WhatFalls } from './what-falls.tsx';

type ApprovalDialogProps = {
  kind: KindWire;
  record: RecordWire;
  step: Extract<Step, { type: 'approval' }>;
  onClose: () => void;
  /** What a reader would notice, said where somebody gives their word on it. */
  notes?: ReactNode;
};

const titleOf = (kind: KindWire, act: PersonalAct, ref: string): string =>
  t(`approval.${act === 'approve' ? kind.approving : act}-title`, { ref });

const textOf = (kind: KindWire, act: PersonalAct, record: RecordWire): string => {
  const { ref, version: n, approval } = record;
  if (act === 'submit') return t('approval.submit-text', { n, ref });
  if (act === 'approve')
    return t(`approval.${kind.approving}-text`, { ref, n, digest: shortDigest(record.proof.digest) });
  if (act === 'reject') return t('approval.reject-text');
  if (act === 'withdraw') return t('approval.withdraw-text', { n: approval?.inForce ?? n });
  if (act === 'reinstate') return t('approval.reinstate-text');
  const inputs = (approval?.stale ?? []).map((input) => input.ref).join(', ');
  return t('approval.restore-text', { inputs, n: approval?.version ?? n });
};

const doneOf = (kind: KindWire, act: PersonalAct, record: RecordWire): string => {
  const { ref, version: n } = record;
  if (act === 'submit') return t('approval.done.submit', { n, ref });
  if (act === 'approve') return t(`approval.done.${kind.approving}`, { n, ref });
  if (act === 'reject') return t('approval.done.reject', { n, ref });
  if (act === 'withdraw' || act === 'reinstate') return t(`approval.done.${act}`, { ref });
  return t('approval.done.restore', { ref });
};

/** An act of approval, bound to exactly the version and digest on the page; it waits for the server (UX f 19). */
export const ApprovalDialog = ({ kind, record, step, onClose, notes }: ApprovalDialogProps) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const id = useId();
  const { act } = step;
  const shows = act === 'submit' || act === 'approve';
  const at = { collection: kind.collection, ref: record.ref, version: record.version };
  const seen = { version: record.version, digest: record.proof.digest };
  /** The way back from a withdrawal by mistake, while what happened is still on the screen. */
  const takeBack = {
    label: t('approval.undo-withdraw'),
    run: () =>
      void decideApproval(at, { act: 'reinstate', ...seen }).then(
        async () => {
          notify({ text: doneOf(kind, 'reinstate', record) });
          await client.invalidateQueries();
        },
        (error: unknown) => notify({ text: problemOf(error).title }),
      ),
  };
  const decide = async (): Promise<void> => {
    if (asksWhy(act) && !isSentence(reason)) {
      setMissing(true);
      document.getElementById(id)?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await decideApproval(at, {
        act,
        ...seen,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      });
      notify({ text: doneOf(kind, act, record), ...(act === 'withdraw' ? { action: takeBack } : {}) });
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
      size={shows || act === 'withdraw' ? 'medium' : 'small'}
      title={titleOf(kind, act, record.ref)}
      submit={approvalLabel(kind, act, record)}
      cancel={t('approval.not-yet')}
      busy={busy}
      reason={refusal(step.ability)}
      onSubmit={() => void decide()}
    >
      <div className={css.stack}>
        <p>{textOf(kind, act, record)}</p>
        {shows ? <SinceApproved kind={kind} record={record} /> : null}
        {act === 'approve' && record.approval !== null ? (
          <Stale approval={record.approval} says={t('approval.stale-anew')} />
        ) : null}
        {act === 'approve' ? <Unlimited unlimited={record.approval?.unlimited} /> : null}
        {act === 'approve' ? notes : null}
        {act === 'withdraw' ? <WhatFalls kind={kind} record={record} /> : null}
        {asksWhy(act) ? (
          <LongTextField
            id={id}
            label={t('approval.reason-label')}
            value={reason}
            maxLength={2000}
            error={missing && !isSentence(reason) ? t('approval.reason-needed') : undefined}
            onChange={setReason}
          />
        ) : null}
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </FormDialog>
  );
};
