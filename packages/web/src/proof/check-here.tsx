import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSession } from '../api/session.ts';
import { problemOf } from '../kinds/blobs.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { BrokenProofIcon, FingerprintIcon, InfoIcon } from '../ui/icons.ts';
import type { CheckAsk } from './check.ts';
import type { CheckResult } from './check-result.ts';
import css from './proof.module.css';
import { remember, remembered } from './remembered.ts';
import { runCheck } from './run-check.ts';

/** What a result says, in one sentence; the detail of a fault beside it for those who look further. */
export const resultSentence = (result: CheckResult): string => {
  if (result.outcome === 'cannot') return t('proof.check.cannot');
  if (result.outcome === 'goes-on') return t('proof.check.goes-on', { from: result.from, n: result.size });
  if (result.outcome === 'holds')
    return t(result.erased ? 'proof.check.holds-erased' : 'proof.check.holds', {
      entry: result.entry,
      n: result.size,
    });
  return t(`proof.fault.${result.fault}`);
};

const icons = {
  holds: FingerprintIcon,
  'goes-on': FingerprintIcon,
  fails: BrokenProofIcon,
  cannot: InfoIcon,
};

export const ResultLine = ({ result }: { result: CheckResult }) => {
  const Icon = icons[result.outcome];
  return (
    <div className={css.result} data-outcome={result.outcome}>
      <Icon />
      <span>
        {resultSentence(result)}
        {result.outcome === 'fails' && result.detail !== '' ? (
          <span className={css.detail}>{result.detail}</span>
        ) : null}
      </span>
    </div>
  );
};

export type CheckHereProps = {
  /** Fetches what is to be checked, when it is asked for. */
  ask: () => Promise<CheckAsk>;
  /** Beside the button: downloads. */
  children?: ReactNode;
  label?: string;
  look?: 'default' | 'primary' | 'ghost';
  onResult?: (result: CheckResult) => void;
};

/** The first checkpoint that held here is kept: from then on the log has to go on from it. */
const keepFirst = (organisation: string | undefined, result: CheckResult): void => {
  if (organisation === undefined || result.outcome !== 'holds' || remembered(organisation) !== null) return;
  remember(organisation, { note: result.note, vkey: result.vkey, at: new Date().toISOString() });
};

/** "Check in this browser": fetches the verifier and what it needs, and says what was found. */
export const CheckHere = ({ ask, children, label, look = 'default', onResult }: CheckHereProps) => {
  const client = useQueryClient();
  const organisation = useSession()?.organisation.id;
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CheckResult | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailed(null);
    try {
      const found = await runCheck(await ask());
      setResult(found);
      keepFirst(organisation, found);
      onResult?.(found);
      void client.invalidateQueries({ queryKey: ['log-state'] });
    } catch (error) {
      setResult(null);
      setFailed(error instanceof Error ? error.message : problemOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.check}>
      <div className={css.acts}>
        <Button look={look} busy={busy} onClick={() => void run()}>
          {label ?? t('proof.check')}
        </Button>
        {children}
      </div>
      <div role="status">
        {result === null ? null : <ResultLine result={result} />}
        {failed === null ? null : <p className={css.failed}>{t('proof.check.failed', { why: failed })}</p>}
      </div>
    </div>
  );
};
