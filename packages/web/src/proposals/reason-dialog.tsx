import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../api/client.ts';
import { isWaiting } from '../api/proposals.ts';
import { troubleOf } from '../api/trouble.ts';
import { t } from '../text/t.ts';
import { LongTextField } from '../ui/fields/text-field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './proposals.module.css';

const shortest = 10;

/** Ends something that stands, with a reason that is kept. */
export const ReasonDialog = ({
  title,
  text,
  label,
  submit,
  cancel,
  done,
  waits,
  path,
  most = 2000,
  onClose,
}: {
  title: string;
  text: string;
  label: string;
  submit: string;
  cancel: string;
  /** Said once it is done. */
  done: string;
  /** Said instead where it waits for another person. */
  waits?: string;
  /** Takes `{ reason }`. */
  path: string;
  /** The longest reason that it takes. */
  most?: number;
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [key] = useState(newIdempotencyKey);
  const save = useMutation({
    mutationFn: () => post<object>(path, { reason: reason.trim() }, { idempotencyKey: key }),
    onSuccess: async (answer) => {
      notify({ text: isWaiting(answer) && waits !== undefined ? waits : done });
      await client.invalidateQueries();
      onClose();
    },
  });
  const problem = troubleOf(save.error);
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      submit={submit}
      cancel={cancel}
      look="danger"
      busy={save.isPending}
      {...(reason.trim().length < shortest ? { reason: t('waiver.reason-needed') } : {})}
      onSubmit={() => save.mutate()}
    >
      <div className={css.form}>
        <p>{text}</p>
        <LongTextField label={label} value={reason} maxLength={most} onChange={setReason} />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </FormDialog>
  );
};
