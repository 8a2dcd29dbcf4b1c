import { dayIn, precisionOf } from './day.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14 Jul 2026`, `Jul 2026`, `Q3 2026` or `2026`: as the pages write it, at the precision that is known. */
export function dayText(day: string): string {
  const precision = precisionOf(day);
  if (precision === 'year') return day;
  if (precision === 'quarter') return `${day.slice(5)} ${day.slice(0, 4)}`;
  const month = `${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
  return precision === 'month' ? month : `${Number(day.slice(8))} ${month}`;
}

/** `14 Jul 2026, 09:30 UTC`-like, in a time zone (IANA name). */
export function momentText(moment: string, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const date = new Date(moment);
  return `${dayText(dayIn(date, timeZone))}, ${time.format(date)}`;
}
