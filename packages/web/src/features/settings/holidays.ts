import { parseDay } from '@throughline/domain/day.ts';
import type { Holiday } from '@throughline/domain/working-calendar.ts';
import { t } from './words.ts';

/** Holidays as they are typed: a line each, the day and then its name. */
export const holidayLines = (holidays: readonly Holiday[]): string =>
  holidays.map(({ day, name }) => `${day} ${name}`).join('\n');

/** Reads what was typed; a line that cannot be meant is named. */
export const readHolidays = (text: string): { holidays: readonly Holiday[] } | { problem: string } => {
  const holidays: Holiday[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [first = '', ...rest] = line.split(/\s+/);
    const day = parseDay(first);
    const name = rest.join(' ');
    if ('problem' in day || day.precision !== 'day' || name === '')
      return { problem: t('settings.holidays-line', { line: line.slice(0, 60) }) };
    holidays.push({ day: day.value, name: name.slice(0, 100) });
  }
  return { holidays };
};
