import { useState } from 'react';
import { newIdempotencyKey } from '../api/client.ts';
import { troubleOf } from '../api/trouble.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './dialogs.module.css';
import { useRecord, useRecordChange } from './use-record.ts';

export type StepDialogProps = { record: string; transition: string; label: string; onClose: () => void };

/** A step of the life cycle, asked before it is taken: it waits for the server and is never shown as done before (UX a7). */
export const StepDialog = ({ record, transition, label, onClose }: StepDialogProps) => {
  const { path, query } = useRecord(record);
  const [key] = useState(newIdempotencyKey);
  const change = useRecordChange(path, query.data?.etag, () => {
    notify({ text: t('action.done', { label, ref: record }) });
    onClose();
  });
  const problem = troubleOf(change.error ?? query.error);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('action.step.title', { label })}
      actions={
        <>
          <Button
            look="primary"
            size="form"
            busy={change.isPending || query.data === undefined}
            onClick={() => change.mutate({ part: 'transitions', body: { transition }, key })}
          >
            {label}
          </Button>
          <Button size="form" onClick={onClose}>
            {t('action.step.keep')}
          </Button>
        </>
      }
    >
      <p className={css.text}>
        <b>{query.data?.body.title ?? record}</b>
      </p>
      <p className={css.text}>{t('action.step.text', { ref: record })}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </Dialog>
  );
};
