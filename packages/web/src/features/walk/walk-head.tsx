import type { RefWire, StationWire } from '@throughline/domain/wire.ts';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { Band, type BandStation } from '../../ui/marks/band.tsx';
import type { WalkUnderWay } from './use-walk.ts';
import css from './walk.module.css';
import { clockText, goOn, limitSeconds, pause, type Seen, type Walk, walkedSeconds } from './walk-state.ts';
import { w } from './words.ts';

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
  const text = w('walk.timer', { time: clockText(seconds), limit: clockText(limitSeconds) });
  return (
    <span
      className={css.timer}
      role="timer"
      aria-label={w('walk.timer-label')}
      data-over={seconds > limitSeconds || undefined}
    >
      {text}
    </span>
  );
};

/** What was walked, in the walker's words; the rest carries no verdict's mark, for nobody has judged it here. */
export const walked = (seen: Seen | undefined): Pick<BandStation, 'verdict' | 'word'> => {
  if (seen === 'gap') return { verdict: 'gap', word: w('walk.gap-seen') };
  return seen === 'seen'
    ? { verdict: 'holds', word: w('walk.seen') }
    : { verdict: null, word: w('walk.not-yet') };
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
          <span className={css.position}>{w('walk.at', { n: walk.at + 1, of: stations.length })}</span>
        )}
        <Timer walk={walk} />
        <span className={css.counts}>
          {walk.pauses.length === 0 ? w('walk.counts-none') : w('walk.counts', { n: walk.pauses.length })}
        </span>
        {ended ? null : <Button onClick={turn}>{paused ? w('walk.go-on') : w('walk.pause')}</Button>}
        {ended ? null : <Button onClick={onEnd}>{w('walk.end')}</Button>}
        <Link href={`/systems/${system.ref}`} look="quiet">
          {w('walk.leave')}
        </Link>
      </div>
      {paused ? (
        <p className={css.paused} role="status">
          {w('walk.paused', { n: walk.pauses.length + 1 })}
        </p>
      ) : null}
      {wentOn === null || ended ? null : (
        <p className={css.wentOn} role="status">
          {w(wentOn === 'after-a-pause' ? 'walk.went-on-pause' : 'walk.went-on')}{' '}
          <Button look="ghost" onClick={onBeginAgain}>
            {w('walk.begin-again')}
          </Button>
        </p>
      )}
      <div className={css.band}>
        <Band
          label={w('walk.progress')}
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
