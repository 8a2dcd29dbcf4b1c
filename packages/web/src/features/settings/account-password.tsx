import type { AccountWire } from '@throughline/domain/wire-account.ts';
import { useState } from 'react';
import { put } from '../../api/client.ts';
import type { Problem } from '../../api/problem.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

const ChangeDialog = ({
  email,
  onClose,
  onDone,
}: {
  email: string;
  onClose: () => void;
  onDone: () => void;
}) => {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await put('/api/v1/account/password', { current, next });
      notify({ text: t('account.password-done') });
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const refused = (at: string) => problem?.errors.find((one) => one.at === at)?.message;
  return (
    <FormDialog
      title={t('account.password-change')}
      submit={t('account.password-do')}
      cancel={t('settings.cancel')}
      busy={busy}
      onClose={onClose}
      onSubmit={() => void change()}
    >
      <div className={css.dialogForm}>
        {problem === null || problem.errors.length > 0 ? null : <ErrorLine problem={problem} />}
        {/* Password managers file the password under the address that stands beside it. */}
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <TextField
          id="account-current"
          label={t('account.password-current')}
          type="password"
          autoComplete="current-password"
          value={current}
          error={refused('current')}
          onChange={setCurrent}
        />
        <TextField
          id="account-next"
          label={t('account.password-next')}
          help={t('setup.password-help')}
          type="password"
          autoComplete="new-password"
          value={next}
          error={refused('next')}
          onChange={setNext}
        />
      </div>
    </FormDialog>
  );
};

/** The password: since when it stands, and another in its place. */
export const AccountPassword = ({ account, onChanged }: { account: AccountWire; onChanged: () => void }) => {
  const [open, setOpen] = useState(false);
  return (
    <section className={css.form} aria-labelledby="account-password">
      <h2 id="account-password" className={css.heading}>
        {t('account.password')}
      </h2>
      <p className={css.explain}>
        {account.email}
        {account.passwordSetAt === null ? null : (
          <>
            {' · '}
            <DateText value={account.passwordSetAt} before={t('account.password-set')} />
          </>
        )}
      </p>
      <div>
        <Button size="form" onClick={() => setOpen(true)}>
          {t('account.password-change')}
        </Button>
      </div>
      {open ? (
        <ChangeDialog
          email={account.email}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onChanged();
          }}
        />
      ) : null}
    </section>
  );
};
