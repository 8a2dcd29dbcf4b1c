import type { AccountWire } from '@throughline/domain/wire-account.ts';
import { askForProof } from '../../api/client.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { factorOver, hasFactorHere } from './factor-over.ts';
import css from './settings.module.css';
import { t } from './words.ts';

/** Until when a second factor is demanded, told first of all to whoever has none that counts here: one to add, or to show. */
export const FactorDue = ({ account, onChanged }: { account: AccountWire; onChanged: () => void }) => {
  const zone = useTimeZone();
  if (account.factorDue === null || hasFactorHere(account)) return null;
  // The clock of the pages moves by minutes; this one has just begun to matter.
  const over = factorOver(account, new Date()) ? 'over' : 'due';
  const to = account.factors.length > 0 ? 'show' : 'factor';
  return (
    <>
      <p role="status" className={css.explain}>
        {t(`account.${to}-${over}`, { at: formatInstant(new Date(account.factorDue), zone) })}
      </p>
      {to === 'show' ? <ShowOwn onShown={onChanged} /> : null}
    </>
  );
};

/** Asks for something of one's own, over the page. */
export const ShowOwn = ({ onShown }: { onShown: () => void }) => (
  <div>
    <Button size="form" onClick={() => void askForProof().then((shown) => shown && onShown())}>
      {t('account.show-own')}
    </Button>
  </div>
);

/** What somebody else reset of how this person signs in: they should know, mail or not. */
export const AccountResets = ({ account }: { account: AccountWire }) => {
  const zone = useTimeZone();
  if (account.resets.length === 0) return null;
  return (
    <section className={css.form} aria-labelledby="account-resets">
      <h2 id="account-resets" className={css.heading}>
        {t('account.resets')}
      </h2>
      <ul>
        {account.resets.map((reset) => (
          <li key={reset.at}>
            {t(reset.by === null ? 'account.reset.asked' : `account.reset.${reset.kind}`, {
              by: reset.by ?? '',
              at: formatInstant(new Date(reset.at), zone),
              organisation: reset.organisation.name,
            })}{' '}
            {reset.reason}
            {reset.open ? <span> {t('account.reset.open')}</span> : null}
            {reset.kind === 'password' ? (
              <span className={css.quiet}>
                {' '}
                {t(reset.usedAt === null ? 'account.reset.unused' : 'account.reset.used')}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};
