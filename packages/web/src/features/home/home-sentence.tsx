import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import css from './home.module.css';

type Readiness = HomeWire['readiness'];

/** How many things wait for the caller. */
export const countOf = ({ overdue, approve, mentioned, confirm, week, undated }: HomeWire): number =>
  [overdue, approve, mentioned, confirm, week, undated].reduce((sum, group) => sum + group.length, 0);

/** How the register stands, as a count with its denominator (UX a2). */
export const readinessSentence = ({ running, runningWithGaps }: Readiness): string => {
  if (running === 0) return t('home.no-running');
  if (runningWithGaps === 0) return t('home.running-none', { of: running });
  return t('home.running-gaps', { n: runningWithGaps, of: running });
};

/** Whether how the register stands is the page's first sentence: nothing waits for the caller, and systems are there. */
export const isTold = (home: HomeWire): boolean => countOf(home) === 0 && home.readiness.systems > 0;

/** The sentence that matters most to the caller now: their own work, else how the register stands (UX a2). */
export const HomeSentence = ({ home }: { home: HomeWire }) => {
  if (countOf(home) > 0) return <h1 className={css.title}>{t('home.needs', { n: countOf(home) })}</h1>;
  const ahead =
    home.next === null
      ? t('home.nothing-ahead')
      : t('home.next', { day: formatDay(home.next.day), label: home.next.label });
  const told = isTold(home);
  return (
    <>
      <h1 className={css.title}>{told ? readinessSentence(home.readiness) : t('home.nothing')}</h1>
      <p className={css.next}>{told ? `${t('home.nothing')}. ${ahead}` : ahead}</p>
    </>
  );
};
