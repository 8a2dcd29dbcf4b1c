import type {
  AccountWire,
  AddedFactorWire,
  FactorWire,
  NewTotpWire,
} from '@throughline/domain/wire-account.ts';
import { useState } from 'react';
import { del, post } from '../../api/client.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import plain from '../../ui/plain.module.css';
import { PlainRows } from '../../ui/plain-rows.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { ShowOwn } from './account-resets.tsx';
import { AddPasskey, AddTotp } from './add-factor.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

type Changed = (codes?: readonly string[] | null) => void;

const RemoveDialog = ({
  factor,
  onClose,
  onDone,
}: {
  factor: FactorWire;
  onClose: () => void;
  onDone: () => void;
}) => {
  const [problem, setProblem] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await del(`/api/v1/account/factors/${factor.id}`);
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={t('account.remove-title', { name: factor.name })}
      submit={t('account.remove')}
      cancel={t('settings.cancel')}
      look="danger"
      busy={busy}
      onClose={onClose}
      onSubmit={() => void remove()}
    >
      <p className={css.dialogText}>{t('account.remove-text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};

const FactorTable = ({
  factors,
  onRemove,
}: {
  factors: readonly FactorWire[];
  onRemove: (factor: FactorWire) => void;
}) => (
  <PlainRows
    label={t('account.factors')}
    acts
    headings={[t('account.name'), t('account.factor'), t('account.added'), t('account.used')]}
  >
    {factors.map((factor) => (
      <tr key={factor.id}>
        <th scope="row">{factor.name}</th>
        <td>
          {t(`account.kind.${factor.kind}`)}
          {factor.here ? null : <span className={css.quiet}> {t('account.factor-elsewhere')}</span>}
        </td>
        <td className={plain.tight}>
          <RelativeTime at={factor.addedAt} />
        </td>
        <td className={plain.tight}>
          {factor.usedAt === null ? (
            <span className={css.quiet}>{t('account.never')}</span>
          ) : (
            <RelativeTime at={factor.usedAt} />
          )}
        </td>
        <td className={plain.tight}>
          <Button aria-label={t('account.remove-of', { name: factor.name })} onClick={() => onRemove(factor)}>
            {t('account.remove')}
          </Button>
        </td>
      </tr>
    ))}
  </PlainRows>
);

/** Where this page can make passkeys: nowhere, elsewhere, or here. */
const passkeyWords = (at: string | null): string | null => {
  if (at === null) return t('account.passkeys-nowhere');
  return at === window.location.origin ? null : t('account.passkeys-at', { address: at });
};

const sentence = ({ own, factors, stepUp }: AccountWire): string => {
  if (!own) return t('account.factors-vouched');
  return factors.length === 0 ? t('account.factors-none') : t('account.factors-text', { n: stepUp.minutes });
};

/** Second factors and recovery codes. */
export const AccountFactors = ({ account, onChanged }: { account: AccountWire; onChanged: Changed }) => {
  const [totp, setTotp] = useState<NewTotpWire | null>(null);
  const [passkey, setPasskey] = useState(false);
  const [removing, setRemoving] = useState<FactorWire | null>(null);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const { own, factors, recoveryCodes, passkeysAt } = account;
  const close = (): void => {
    setTotp(null);
    setPasskey(false);
    setRemoving(null);
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const added = ({ recoveryCodes: codes }: AddedFactorWire): void => {
    close();
    onChanged(codes);
  };
  const begin = () => attempt(async () => setTotp(await post<NewTotpWire>('/api/v1/account/totp/begin')));
  const renew = () =>
    attempt(async () => onChanged((await post<{ codes: string[] }>('/api/v1/account/recovery-codes')).codes));
  const nowhere = passkeyWords(passkeysAt);
  return (
    <section className={css.form} aria-labelledby="account-factors">
      <h2 id="account-factors" className={css.heading}>
        {t('account.factors')}
      </h2>
      <p className={css.explain}>{sentence(account)}</p>
      {own ? null : <ShowOwn onShown={onChanged} />}
      {problem === null ? null : <ErrorLine problem={problem} />}
      {factors.length === 0 ? null : <FactorTable factors={factors} onRemove={setRemoving} />}
      <div className={css.demoActions}>
        <Button size="form" onClick={() => void begin()}>
          {t('account.add-totp')}
        </Button>
        <Button size="form" reason={nowhere ?? undefined} reasonShown onClick={() => setPasskey(true)}>
          {t('account.add-passkey')}
        </Button>
      </div>
      {recoveryCodes === null ? null : (
        <>
          <p className={css.explain}>{t('account.recovery', { n: recoveryCodes })}</p>
          <div>
            <Button size="form" onClick={() => void renew()}>
              {t('account.recovery-renew')}
            </Button>
          </div>
        </>
      )}
      {totp === null ? null : <AddTotp made={totp} onClose={close} onAdded={added} />}
      {passkey ? <AddPasskey onClose={close} onAdded={added} /> : null}
      {removing === null ? null : (
        <RemoveDialog
          factor={removing}
          onClose={close}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      )}
    </section>
  );
};
