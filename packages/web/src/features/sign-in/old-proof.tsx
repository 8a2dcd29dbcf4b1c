import { useQuery } from '@tanstack/react-query';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import { useEffect, useState } from 'react';
import { post, setOldProofHandler } from '../../api/client.ts';
import { proofChannel, proveElsewhere } from '../../api/provider.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FactorForm } from './factor-form.tsx';
import css from './sign-in.module.css';

type Waiting = { readonly since: number; readonly decide: (proved: boolean) => void };

const Ask = ({ waiting, onDone }: { waiting: Waiting; onDone: (proved: boolean) => void }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['old-proof', waiting.since],
    queryFn: () => post<StepWire>('/api/v1/session/proof/begin'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // Whoever shows it in another tab goes on here.
  useEffect(() => {
    const channel = new BroadcastChannel(proofChannel);
    channel.onmessage = () => onDone(true);
    return () => channel.close();
  }, [onDone]);
  const problem = troubleOf(error);
  return (
    <Dialog opened size="small" title={t('factor.proof-title')} onClose={() => onDone(false)}>
      <p className={css.sentence}>{t('factor.proof-text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? (
        problem === null && <Skeleton height={32} lines={2} />
      ) : (
        <FactorForm
          methods={data.methods}
          passkey={data.passkey}
          submit={t('factor.proof-do')}
          onElsewhere={proveElsewhere}
          onShown={async (shown) => {
            await post('/api/v1/session/proof', { step: data.step, ...shown });
            onDone(true);
          }}
        />
      )}
    </Dialog>
  );
};

/**
 * Asks for a proof where a change needs a newer one, over whatever is open: the change then goes on with all that was
 * typed. Changes that wait at the same time are asked for once.
 */
export const OldProof = () => {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  useEffect(() => {
    let open: Promise<boolean> | null = null;
    setOldProofHandler(() => {
      open ??= new Promise<boolean>((resolve) => {
        const decide = (proved: boolean): void => {
          open = null;
          setWaiting(null);
          resolve(proved);
        };
        setWaiting({ since: Date.now(), decide });
      });
      return open;
    });
    return () => setOldProofHandler(async () => false);
  }, []);
  return waiting === null ? null : <Ask waiting={waiting} onDone={waiting.decide} />;
};
