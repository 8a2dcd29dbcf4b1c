import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { showPasskey } from '../../api/passkey.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { BarePage } from './bare-page.tsx';
import { useArrival } from './enter.ts';
import { FactorForm } from './factor-form.tsx';
import css from './sign-in.module.css';

/** The second step: whoever has a second factor shows it. */
export const StepForm = ({ ask, next }: { ask: StepWire; next: string }) => {
  const arrive = useArrival(next);
  return (
    <FactorForm
      methods={ask.methods}
      passkey={ask.passkey}
      submit={t('sign-in.do')}
      onShown={async (shown) =>
        arrive(await post<MeWire>('/api/v1/session/step', { step: ask.step, ...shown }))
      }
    />
  );
};

export const SecondStep = ({ ask, next, onAgain }: { ask: StepWire; next: string; onAgain: () => void }) => (
  <BarePage title={t('factor.step-title')} sentence={t('factor.step-text')}>
    <StepForm ask={ask} next={next} />
    <p className={css.small}>
      <Button size="form" onClick={onAgain}>
        {t('factor.again')}
      </Button>
    </p>
  </BarePage>
);

/** Signs in by a passkey alone, where the browser knows of any such thing. */
export const PasskeyEntrance = ({ next }: { next: string }) => {
  const arrive = useArrival(next);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  if (!('PublicKeyCredential' in window)) return null;
  const enter = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { step, passkey } = await post<StepWire>('/api/v1/session/passkey');
      arrive(await post<MeWire>('/api/v1/session/step', { step, passkey: await showPasskey(passkey) }));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <div className={css.form}>
      <div>
        <Button size="form" busy={busy} onClick={() => void enter()}>
          {t('factor.enter-passkey')}
        </Button>
      </div>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </div>
  );
};
