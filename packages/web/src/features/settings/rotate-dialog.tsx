import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewTokenWire, TokenWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

const graces = ['0', '1', '24', '168'] as const;

export type RotateDialogProps = {
  token: TokenWire;
  onClose: () => void;
  onMade: (token: NewTokenWire) => void;
};

/** Another secret for a token; the one before ends at once unless a grace is chosen. */
export const RotateDialog = ({ token, onClose, onMade }: RotateDialogProps) => {
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const [grace, setGrace] = useState<string>('0');
  const rotate = useMutation({
    mutationFn: () =>
      post<NewTokenWire>(
        `/api/v1/tokens/${token.id}/rotation`,
        { graceHours: Number(grace) },
        { idempotencyKey: key },
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['tokens'] });
      onMade(made);
    },
  });
  const problem = troubleOf(rotate.error);
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.tokens.rotate-title', { name: token.name })}
      submit={t('settings.tokens.rotate-do')}
      cancel={t('settings.cancel')}
      busy={rotate.isPending}
      onSubmit={() => rotate.mutate()}
    >
      <div className={css.dialogForm}>
        <p className={css.dialogText}>{t('settings.tokens.rotate-text')}</p>
        <p className={css.dialogText}>{t('settings.tokens.rotate-behind')}</p>
        <ChoiceField
          label={t('settings.tokens.grace')}
          value={grace}
          options={graces.map((value) => ({ value, label: t(`settings.tokens.grace.${value}`) }))}
          onChange={(chosen) => setGrace(chosen ?? '0')}
        />
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};
