import { dayIn, dayParts, daysUntil, formatDay, formatInstant } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { classNames } from './class-names.ts';
import { useNow, useTimeZone, useToday } from './clock.ts';
import css from './date-text.module.css';
import { AlertIcon, ClockIcon } from './icons.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

export type DateTextProps = {
  /** A stored day (`2026`, `2026-Q3`, `2026-07`, `2026-07-14`) or an instant (`2026-07-14T09:30:00Z`). */
  value: string;
  /** Something is owed by then: red with an icon when it has passed, amber with a clock within 30 days. */
  due?: boolean;
  /** Words before the date: "until". */
  before?: string;
};

export type Urgency = 'late' | 'soon' | 'later';

/** How near a date is that something is owed by. */
export const urgencyOf = (day: string, today: string): Urgency => {
  const left = daysUntil(day, today);
  if (left === null) return 'later';
  return left < 0 ? 'late' : left <= 30 ? 'soon' : 'later';
};

/** A date in the one format of the product: `2 Nov 2026`. An instant shows its day, and its time with the zone on hover. */
export const DateText = ({ value, due = false, before }: DateTextProps) => {
  const zone = useTimeZone();
  const today = useToday();
  const instant = dayParts(value) === null ? new Date(value) : null;
  if (instant !== null && Number.isNaN(instant.getTime())) return <span>{value}</span>;
  const day = instant === null ? value : dayIn(instant, zone);
  const urgency = due ? urgencyOf(day, today) : 'later';
  return (
    <span className={classNames(css.date, css[urgency])}>
      <time
        dateTime={value.includes('Q') ? undefined : value}
        title={instant === null ? undefined : formatInstant(instant, zone)}
      >
        {before === undefined ? '' : `${before} `}
        {formatDay(day)}
      </time>
      {urgency === 'late' ? <AlertIcon size={14} /> : null}
      {urgency === 'soon' ? <ClockIcon size={14} /> : null}
      {urgency === 'later' ? null : (
        <VisuallyHidden>{urgency === 'late' ? t('ui.overdue') : t('ui.soon')}</VisuallyHidden>
      )}
    </span>
  );
};

/** `3 min ago` under an hour, the date after that (UX f). `at` is an instant. */
export const RelativeTime = ({ at }: { at: string }) => {
  const now = useNow();
  const zone = useTimeZone();
  const instant = new Date(at);
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000);
  if (Number.isNaN(minutes) || minutes >= 60 || minutes < -1) return <DateText value={at} />;
  return (
    <time dateTime={at} title={formatInstant(instant, zone)} className={css.date}>
      <span className={css.screen}>{minutes < 1 ? t('ui.now') : t('ui.minutes-ago', { n: minutes })}</span>
      <span className={css.paper}>{formatInstant(instant, zone)}</span>
    </time>
  );
};
