import type { RefWire, StationWire } from '@throughline/domain/wire.ts';
import { useEffect, useState } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { Band, type BandStation } from '../../ui/marks/band.tsx';
import type { WalkUnderWay } from './use-walk.ts';
import css from './walk.module.css';
import { clockText, goOn, limitSeconds, pause, type Seen, type Walk, walkedSeconds } from './walk-state.ts';

const useSecond = (running: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now;
};

const Timer = ({ walk }: { walk: Walk }) => {
  const now = useSecond(walk.pausedAt === null && walk.endedAt === null);
  const seconds = walkedSeconds(walk, Math.max(now, walk.startedAt));
  const text = t('walk.timer', { time: clockText(seconds), limit: clockText(limitSeconds) });
  return (
    <span
      className={css.timer}
      role="timer"
      aria-label={t('walk.timer-label')}
      data-over={seconds > limitSeconds || undefined}
    >
      {text}
    </span>
  );
};

/** What was walked, in the walker's words; the rest carries no verdict's mark, for nobody has judged it here. */
export const walked = (seen: Seen | undefined): Pick<BandStation, 'verdict' | 'word'> => {
  if (seen === 'gap') return { verdict: 'gap', word: t('walk.gap-seen') };
  return seen === 'seen'
    ? { verdict: 'holds', word: t('walk.seen') }
    : { verdict: null, word: t('walk.not-yet') };
};

export type WalkHeadProps = {
  walk: Walk;
  system: RefWire;
  stations: readonly StationWire[];
  onChange: (change: (walk: Walk) => Walk) => void;
  onEnd: () => void;
  wentOn: WalkUnderWay['wentOn'];
  onBeginAgain: () => void;
};

/** The head of a walk: which system, which station, the time against five minutes, and the stations walked so far. */
export const WalkHead = ({
  walk,
  system,
  stations,
  onChange,
  onEnd,
  wentOn,
  onBeginAgain,
}: WalkHeadProps) => {
  const paused = walk.pausedAt !== null;
  const turn = (): void => onChange((now) => (paused ? goOn(now, Date.now()) : pause(now, Date.now())));
  const ended = walk.endedAt !== null;
  return (
    <header className={css.head}>
      <div className={css.headRow}>
        <p className={css.system}>
          <span className={css.ref}>{system.ref}</span> {system.title}
        </p>
        {ended ? null : (
          <span className={css.position}>{t('walk.at', { n: walk.at + 1, of: stations.length })}</span>
        )}
        <Timer walk={walk} />
        <span className={css.counts}>
          {walk.pauses.length === 0 ? t('walk.counts-none') : t('walk.counts', { n: walk.pauses.length })}
        </span>
        {ended ? null : <Button onClick={turn}>{paused ? t('walk.go-on') : t('walk.pause')}</Button>}
        {ended ? null : <Button onClick={onEnd}>{t('walk.end')}</Button>}
        <Link href={`/systems/${system.ref}`} look="quiet">
          {t('walk.leave')}
        </Link>
      </div>
      {paused ? (
        <p className={css.paused} role="status">
          {t('walk.paused', { n: walk.pauses.length + 1 })}
        </p>
      ) : null}
      {wentOn === null || ended ? null : (
        <p className={css.wentOn} role="status">
          {t(wentOn === 'after-a-pause' ? 'walk.went-on-pause' : 'walk.went-on')}{' '}
          <Button look="ghost" onClick={onBeginAgain}>
            {t('walk.begin-again')}
          </Button>
        </p>
      )}
      <div className={css.band}>
        <Band
          label={t('walk.progress')}
          stations={stations.map(({ id, order, name }) => ({
            number: order,
            name,
            // Only what was walked shows: what the register says of the next station would lead the eye.
            ...walked(walk.marks[id]),
          }))}
          onGo={(number) => onChange((now) => (now.endedAt === null ? { ...now, at: number - 1 } : now))}
        />
      </div>
    </header>
  );
};
