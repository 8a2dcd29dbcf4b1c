import { lastDay } from '@throughline/domain/day.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { dayIn, dayParts, formatDay } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { useTimeZone } from '../ui/clock.ts';
import css from './kinds.module.css';

/**
 * Says of work that was put on record later than the day on which it says it was done (7.5.3), with both days; nothing
 * where the record was there by then. `done` is the field with that day.
 */
export const EnteredAfterwards = ({ record, done }: { record: RecordWire; done: string }) => {
  const zone = useTimeZone();
  const on = record.fields[done];
  if (typeof on !== 'string' || dayParts(on) === null) return null;
  const recorded = dayIn(new Date(record.createdAt), zone);
  if (lastDay(on) >= recorded) return null;
  const days = { done: formatDay(on), recorded: formatDay(recorded) };
  return (
    <p role="status" className={css.afterwards}>
      {t(record.broughtIn === undefined ? 'record.entered' : 'record.entered-elsewhere', days)}
    </p>
  );
};
