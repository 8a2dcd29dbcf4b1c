import type { AccountWire } from '@throughline/domain/wire-account.ts';
import { useState } from 'react';
import { linkAccount, unlinkAccount } from '../../api/provider.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** The account at the provider of the organisation: linked by one’s own hand, and unlinked again. */
export const AccountOutside = ({ account, onChanged }: { account: AccountWire; onChanged: () => void }) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const { outside, provider } = account;
  const act = async (what: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
      onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  if (outside.length === 0 && provider === null) return null;
  return (
    <section className={css.form} aria-labelledby="account-outside">
      <h2 id="account-outside" className={css.heading}>
        {t('provider.account')}
      </h2>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {outside.map(({ id, source, address }) => (
        <div key={id} className={css.demoActions}>
          <p>
            {address === null
              ? t('provider.account-plain', { source })
              : t('provider.account-linked', { address, source })}
          </p>
          <Button size="form" busy={busy} onClick={() => void act(() => unlinkAccount(id))}>
            {t('provider.account-unlink')}
          </Button>
        </div>
      ))}
      {outside.length > 0 || provider === null ? null : (
        <>
          <p className={css.explain}>{t('provider.account-text')}</p>
          <div>
            <Button size="form" busy={busy} onClick={() => void act(linkAccount)}>
              {t('provider.account-link', { text: provider })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
};
