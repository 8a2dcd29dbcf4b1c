import { expect, test } from 'vitest';
import { catalogue, found, organisationInputs, record } from '../../test/trace/kit.ts';
import { changed, goodWorld, havingShared } from '../../test/trace/world.ts';
import { usualCalendar, type WorkingCalendar } from '../working-calendar.ts';
import { Clock } from './clock.ts';
import { type Due, dueBy } from './due.ts';
import { organisationLine } from './organisation/line.ts';
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

/** A monitor of the system evaluated on 14 October 2026: its month ends on Saturday 14 November. */
const watched = (due: WorkingCalendar['due']) => {
  const world = changed('mon-1', { fields: { lastEvaluatedOn: '2026-10-14' } });
  return { ...world, organisation: { ...world.organisation, calendar: { ...usualCalendar, due } } };
};

test.each([
  ['as-is', '2026-11-14'],
  ['next', '2026-11-16'],
  ['before', '2026-11-13'],
] as const)('the evaluation of a monitor falls due by the same rule, %s', (due, since) => {
  expect(found(watched(due), 'OP1').gaps[0]?.since).toBe(since);
});

test('what evidence lasts for ends by the same rule', () => {
  // The newest piece reaches to 15 November 2026; a month on is Tuesday 15 December, here a holiday.
  const world = goodWorld();
  const until = (due: WorkingCalendar['due']) => {
    const calendar = { ...usualCalendar, due, holidays: [{ day: '2026-12-15', name: 'Closed' }] };
    return found({ ...world, organisation: { ...world.organisation, calendar } }, 'EV1').until;
  };
  expect([until('as-is'), until('next'), until('before')]).toEqual([
    '2026-12-15',
    '2026-12-16',
    '2026-12-14',
  ]);
});

test('so does a monitor of the management system itself', () => {
  const fields = { subject: 'aims', rhythm: 'monthly', lastEvaluatedOn: '2026-10-14' };
  const world = havingShared([record('monitor', 'mon-aims', { state: 'running', fields })]);
  const since = (due: WorkingCalendar['due']) => {
    const calendar = { ...usualCalendar, due };
    const inputs = organisationInputs({ ...world, organisation: { ...world.organisation, calendar } });
    const at = new Date('2026-11-21T12:00:00Z');
    const line = organisationLine(organisationFacts(inputs, catalogue, at), catalogue, at);
    return line.questions.find(({ id }) => id === '9.1')?.gaps[0]?.since;
  };
  expect([since('as-is'), since('next')]).toEqual(['2026-11-14', '2026-11-16']);
});
