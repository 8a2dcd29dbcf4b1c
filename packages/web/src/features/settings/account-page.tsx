import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountQuery } from '../../api/account.ts';
import { sessionQuery } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AccountDeputy } from './account-deputy.tsx';
import { AccountExport } from './account-export.tsx';
import { AccountFactors } from './account-factors.tsx';
import { AccountOutside } from './account-outside.tsx';
import { AccountPassword } from './account-password.tsx';
import { AccountResets, FactorDue } from './account-resets.tsx';
import { AccountSessions } from './account-sessions.tsx';
import { factorOver } from './factor-over.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

/** Codes on paper are shown once; closing is a decision of its own. */
const RecoveryCodes = ({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) => (
  <Dialog
    opened
    title={t('account.recovery-title')}
    onClose={onClose}
    actions={
      <Button look="primary" size="form" onClick={onClose}>
        {t('account.recovery-done')}
      </Button>
    }
  >
    <p className={css.dialogText}>{t('account.recovery-text')}</p>
    <ul className={css.codes}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  </Dialog>
);

/** `/account`: password, second factors, recovery codes, and where one is signed in. */
export const Page = () => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(accountQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const problem = troubleOf(error);
  const changed = (shown: readonly string[] | null = null): void => {
    if (shown !== null) setCodes(shown);
    void client.invalidateQueries({ queryKey: accountQuery.queryKey });
    // What is demanded of this person, and shown in the frame, may be there now.
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <SettingsFrame title={t('account.title')} sentence={t('account.sentence')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? (
        problem === null && <Skeleton height={32} lines={6} />
      ) : (
        <>
          <FactorDue account={data} onChanged={changed} />
          <AccountFactors account={data} onChanged={changed} />
          {factorOver(data, new Date()) ? null : <AccountDeputy />}
          <AccountPassword account={data} onChanged={changed} />
          <AccountOutside account={data} onChanged={changed} />
          <AccountResets account={data} />
          <AccountSessions sessions={data.sessions} onChanged={changed} />
          <AccountExport />
        </>
      )}
      {codes === null ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </SettingsFrame>
  );
};
