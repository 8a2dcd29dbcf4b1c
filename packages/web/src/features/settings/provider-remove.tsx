import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { removeProvider } from '../../api/provider.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** Takes the provider away, once what that means was read. */
export const RemoveProvider = ({ linked, onRemoved }: { linked: number; onRemoved: () => void }) => {
  const [open, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: removeProvider,
    onSuccess: () => {
      setOpen(false);
      onRemoved();
    },
  });
  const problem = troubleOf(remove.error);
  return (
    <section className={css.form} aria-labelledby="provider-remove">
      <h2 id="provider-remove" className={css.heading}>
        {t('provider.remove')}
      </h2>
      <p className={css.explain}>{t('provider.remove-text', { n: linked })}</p>
      <div>
        <Button look="danger" size="form" onClick={() => setOpen(true)}>
          {t('provider.remove')}
        </Button>
      </div>
      {open ? (
        <FormDialog
          onClose={() => setOpen(false)}
          size="small"
          title={t('provider.remove-title')}
          submit={t('provider.remove')}
          cancel={t('provider.cancel')}
          busy={remove.isPending}
          onSubmit={() => remove.mutate()}
        >
          <p className={css.dialogText}>{t('provider.remove-text', { n: linked })}</p>
          {problem === null ? null : <ProblemBox problem={problem} />}
        </FormDialog>
      ) : null}
    </section>
  );
};
