import { expect, test } from 'vitest';
import { catalogue, organisationInputs } from '../../test/trace/kit.ts';
import { usualCalendar, type WorkingCalendar } from '../working-calendar.ts';
import { Clock } from './clock.ts';
import { type Due, dueBy } from './due.ts';
import { organisationFacts } from './organisation-facts.ts';

const holidays = [
  { day: '2026-12-25', name: 'Christmas Day' },
  { day: '2026-12-28', name: 'In lieu' },
];

/** What is due a year after 26 December 2025, a Saturday between holidays, as seen on a day. */
function due(today: string, calendar: Partial<WorkingCalendar> | null): { due: Due; turn: string | null } {
  const inputs = organisationInputs({
    organisation: {
      intervals: { internal_audit: 'P1Y' },
      ...(calendar ? { calendar: { ...usualCalendar, holidays, ...calendar } } : {}),
    },
  });
  const organisation = organisationFacts(inputs, catalogue, new Date(`${today}T12:00:00Z`));
  const clock = new Clock(today);
  const found = dueBy(
    { organisation, clock },
    { interval: 'internal_audit', last: '2025-12-26', next: null },
  );
  return { due: found, turn: clock.nextTurn };
}

test('without a rule, what falls due on a day on which nobody works is due then', () => {
  const over = { state: 'over', since: '2026-12-26' };
  expect(due('2026-12-27', null).due).toEqual(over);
  expect(due('2026-12-27', { due: 'as-is' }).due).toEqual(over);
});

test('moved on, it is in time until the next working day has passed, and the line is looked at again then', () => {
  expect(due('2026-12-27', { due: 'next' })).toEqual({
    due: { state: 'in-time', until: '2026-12-29' },
    turn: '2026-12-30',
  });
  expect(due('2026-12-29', { due: 'next' }).due.state).toBe('in-time');
  expect(due('2026-12-30', { due: 'next' }).due).toEqual({ state: 'over', since: '2026-12-29' });
});

test('moved back, it is over earlier', () => {
  expect(due('2026-12-24', { due: 'before' }).due).toEqual({ state: 'in-time', until: '2026-12-24' });
  expect(due('2026-12-25', { due: 'before' }).due).toEqual({ state: 'over', since: '2026-12-24' });
});

test('a day that somebody set moves by the same rule', () => {
  const inputs = organisationInputs({
    organisation: { calendar: { ...usualCalendar, holidays, due: 'next' } },
  });
  const organisation = organisationFacts(inputs, catalogue, new Date('2026-12-25T12:00:00Z'));
  const set = (next: string) =>
    dueBy({ organisation, clock: new Clock('2026-12-25') }, { interval: 'internal_audit', last: null, next });
  expect(set('2026-12-25')).toEqual({ state: 'in-time', until: '2026-12-29' });
  expect(set('2026-12')).toEqual({ state: 'in-time', until: '2026-12-31' });
});
