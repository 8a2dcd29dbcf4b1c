import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MandatoryWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../api/client.ts';
import { troubleOf } from '../api/trouble.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LongTextField } from '../ui/fields/text-field.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './dialogs.module.css';

/** A judgement that only a person can make: kept with name and day, never preset (UX d). */
export const ConfirmDialog = ({ item, onClose }: { item: MandatoryWire; onClose: () => void }) => {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [key] = useState(newIdempotencyKey);
  const judge = useMutation({
    mutationFn: (answer: 'yes' | 'no') =>
      post(
        '/api/v1/readiness/judgements',
        {
          item: item.id,
          answer,
          version: item.version,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
        { idempotencyKey: `${key}-${answer}` },
      ),
    onSuccess: async () => {
      notify({ text: t('readiness.confirm.done', { item: item.title }) });
      onClose();
      await client.invalidateQueries();
    },
  });
  const problem = troubleOf(judge.error);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={
        item.version === null
          ? t('readiness.confirm.title-record', { item: item.title })
          : t('readiness.confirm.title', { n: item.version })
      }
      actions={
        <>
          <Button look="primary" size="form" busy={judge.isPending} onClick={() => judge.mutate('yes')}>
            {t('readiness.confirm.yes')}
          </Button>
          <Button size="form" busy={judge.isPending} onClick={() => judge.mutate('no')}>
            {t('readiness.confirm.no')}
          </Button>
          <Button look="ghost" size="form" onClick={onClose}>
            {t('readiness.confirm.cancel')}
          </Button>
        </>
      }
    >
      <p className={css.text}>
        {item.record === null ? null : <span className={css.ref}>{item.record.ref}</span>} <b>{item.title}</b>{' '}
        {t(item.version === null ? 'readiness.confirm.text-record' : 'readiness.confirm.text')}
      </p>
      <p className={css.text}>{t('readiness.confirm.ask')}</p>
      <LongTextField
        label={t('readiness.confirm.note')}
        value={note}
        optional
        maxLength={2000}
        onChange={setNote}
      />
      {problem === null ? null : <ErrorLine problem={problem} />}
    </Dialog>
  );
};
