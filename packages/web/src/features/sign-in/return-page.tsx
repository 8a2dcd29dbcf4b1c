import type { ProviderReturnWire, ProviderStepWire } from '@throughline/domain/wire-provider.ts';
import { useEffect, useRef, useState } from 'react';
import { bringBack, proofChannel } from '../../api/provider.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarePage } from './bare-page.tsx';
import { safeNext, useArrival } from './enter.ts';
import { SecondStep } from './second-step.tsx';
import css from './sign-in.module.css';

type Came = ProviderReturnWire | ProviderStepWire;

const Arrive = ({ came }: { came: Extract<ProviderReturnWire, { done: null }> }) => {
  const arrive = useArrival(safeNext(came.next));
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    arrive(came.me);
  });
  return null;
};

/** The tab was opened beside another one, which goes on by itself. */
const Proved = () => {
  useEffect(() => {
    const channel = new BroadcastChannel(proofChannel);
    channel.postMessage('proved');
    channel.close();
    window.close();
  }, []);
  return (
    <BarePage title={t('provider.proved')}>
      <p className={css.sentence}>{t('provider.proved-text')}</p>
    </BarePage>
  );
};

const Linked = ({ next }: { next: string }) => {
  const navigate = useNavigate();
  useEffect(() => navigate(safeNext(next), { replace: true }));
  return null;
};

/** `/sign-in/return`: what the provider sent along goes to the server once, and out of the address at once. */
export const Page = () => {
  usePageTitle(t('provider.returning'));
  const begun = useRef(false);
  const [came, setCame] = useState<Came | null>(null);
  const [problem, setProblem] = useState<Trouble | null>(null);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const { search } = window.location;
    // Out of the history and of what is copied from the bar; a second use would be refused anyway.
    window.history.replaceState(window.history.state, '', '/sign-in/return');
    bringBack(search).then(setCame, (error: unknown) => setProblem(problemOf(error)));
  }, []);
  if (problem !== null)
    return (
      <BarePage title={t('provider.not-in')}>
        <ErrorLine problem={problem} />
        <p className={css.small}>
          <Link href="/sign-in">{t('provider.again')}</Link>
        </p>
      </BarePage>
    );
  if (came === null)
    return (
      <BarePage title={t('provider.returning')}>
        <Skeleton height={32} lines={2} />
      </BarePage>
    );
  if ('ask' in came)
    return (
      <SecondStep
        ask={came.ask}
        next={safeNext(came.next)}
        onAgain={() => window.location.assign('/sign-in')}
      />
    );
  if (came.done === null) return <Arrive came={came} />;
  return came.done === 'prove' ? <Proved /> : <Linked next={came.next} />;
};
