import type { RefWire, StationWire, TraceWire } from '@throughline/domain/wire.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { beginWalk, comeBack, type Walk } from './walk-state.ts';
import { dropWalk, type KeptWalk, keepWalk, keptWalk } from './walk-store.ts';

const keptEveryMs = 1_000;

export type WalkUnderWay = {
  walk: Walk;
  system: RefWire;
  stations: readonly StationWire[];
  conclusion: string;
  /** Whether the walk goes on from an earlier look at this page, and whether the time between became a pause. */
  wentOn: 'at-once' | 'after-a-pause' | null;
  change: (change: (walk: Walk) => Walk) => void;
  conclude: (text: string) => void;
  /** Forgets what was kept and begins at the first station, with what the register says now. */
  beginAgain: () => void;
  /** The walk is recorded: nothing is left to go on with. */
  done: () => void;
};

const fresh = ({ system, stations }: TraceWire): KeptWalk => {
  const now = Date.now();
  return { walk: beginWalk(now), system, stations, conclusion: '', lastSeen: now };
};

/**
 * A walk that survives a reload: position, marks, notes, pauses, and what the register said when it began are kept in
 * this browser for this person, each second and as the page goes.
 */
export const useWalk = (trace: TraceWire, person: string, drawn: string | undefined): WalkUnderWay => {
  const system = trace.system.ref;
  const [earlier] = useState(() => keptWalk(person, system, drawn));
  const [state, setState] = useState<KeptWalk>(() =>
    earlier === null
      ? fresh(trace)
      : { ...earlier, walk: comeBack(earlier.walk, earlier.lastSeen, Date.now()) },
  );
  const [wentOn, setWentOn] = useState<WalkUnderWay['wentOn']>(() => {
    if (earlier === null) return null;
    return state.walk.pauses.length > earlier.walk.pauses.length ? 'after-a-pause' : 'at-once';
  });
  const now = useRef({ state, ended: false });
  now.current.state = state;
  const keep = useCallback((): void => {
    if (!now.current.ended) keepWalk(person, drawn, { ...now.current.state, lastSeen: Date.now() });
  }, [person, drawn]);
  useEffect(() => {
    keep();
    const timer = setInterval(keep, keptEveryMs);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);
  return {
    ...state,
    wentOn,
    change: (change) => setState((kept) => ({ ...kept, walk: change(kept.walk) })),
    conclude: (conclusion) => setState((kept) => ({ ...kept, conclusion })),
    beginAgain: () => {
      setWentOn(null);
      setState(fresh(trace));
    },
    done: () => {
      now.current.ended = true;
      dropWalk(person, system, drawn);
    },
  };
};
