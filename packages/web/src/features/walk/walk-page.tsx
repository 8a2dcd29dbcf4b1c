import { useQuery } from '@tanstack/react-query';
import type { TraceWire } from '@throughline/domain/wire.ts';
import { useEffect } from 'react';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { traceQuery } from '../../standing/trace-query.ts';
import { LiveRegion } from '../../ui/live-region.tsx';
import { usePageTitle, useRouteParam, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ToastArea } from '../../ui/toast.tsx';
import { useHotkeyListener, useHotkeys } from '../../ui/use-hotkeys.ts';
import { useWalk } from './use-walk.ts';
import css from './walk.module.css';
import { WalkHead } from './walk-head.tsx';
import { back, end, mark, note, type Seen } from './walk-state.ts';
import { WalkStation } from './walk-station.tsx';
import { WalkSummary } from './walk-summary.tsx';
import { w } from './words.ts';

const noteField = 'walk-note';

const Walking = ({
  trace,
  walkRef,
  person,
}: {
  trace: TraceWire;
  walkRef: string | undefined;
  person: string;
}) => {
  // What the register says is taken once, when the walk begins: an answer that moved under the walker proves nothing.
  const under = useWalk(trace, person, walkRef);
  const { walk, stations, system, change: setWalk } = under;
  const station = stations[walk.at];
  const ended = walk.endedAt !== null;
  const see = (seen: Seen) => (): void => setWalk((now) => mark(now, stations, seen, Date.now()));
  useHotkeys([
    { keys: 'arrowright', label: w('walk.keys.seen'), group: 'page', when: () => !ended, run: see('seen') },
    { keys: 'g', label: w('walk.keys.gap'), group: 'page', when: () => !ended, run: see('gap') },
    {
      keys: 'arrowleft',
      label: w('walk.keys.back'),
      group: 'page',
      when: () => !ended,
      run: () => setWalk(back),
    },
    {
      keys: 'n',
      label: w('walk.keys.note'),
      group: 'page',
      when: () => !ended,
      run: () => document.getElementById(noteField)?.focus(),
    },
  ]);
  return (
    <>
      <WalkHead
        walk={walk}
        system={system}
        stations={stations}
        onChange={setWalk}
        onEnd={() => setWalk((now) => end(now, Date.now()))}
        wentOn={under.wentOn}
        onBeginAgain={under.beginAgain}
      />
      <main id="main" className={css.main} tabIndex={-1}>
        {ended || station === undefined ? (
          <WalkSummary under={under} walkRef={walkRef} />
        ) : (
          <WalkStation
            key={station.id}
            station={station}
            noteId={noteField}
            note={walk.notes[station.id] ?? ''}
            first={walk.at === 0}
            onNote={(text) => setWalk((now) => note(now, station.id, text))}
            onBack={() => setWalk(back)}
            onSee={(seen) => see(seen)()}
          />
        )}
      </main>
    </>
  );
};

/** A walk along one system's line, full screen, one station at a time (UX d 8). */
export const Page = () => {
  const ref = useRouteParam('ref');
  const [search] = useSearchState();
  usePageTitle(w('walk.title', { ref }));
  useHotkeyListener();
  const {
    data: trace,
    error,
    refetch,
  } = useQuery({ ...traceQuery({ id: ref, ref }, undefined), staleTime: 0 });
  // The page stands without the shell, so what the shell gives every page is given here.
  useEffect(() => document.getElementById('main')?.focus(), []);
  const me = useSession();
  const problem = troubleOf(error);
  return (
    <div className={css.page}>
      {trace === undefined || me === undefined ? (
        <main className={css.main}>
          <h1 className={css.name}>{w('walk.title', { ref })}</h1>
          {problem === null ? (
            <Skeleton height={32} lines={6} />
          ) : (
            <ErrorLine problem={problem} onRetry={() => void refetch()} />
          )}
        </main>
      ) : (
        <Walking trace={trace} walkRef={search.walk} person={me.member?.id ?? ''} />
      )}
      <ToastArea />
      <LiveRegion />
    </div>
  );
};
