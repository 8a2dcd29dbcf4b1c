import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { set, twoSuppliers } from '../../test/trace/breaks.ts';
import { catalogue, found, member, organisationInputs, record } from '../../test/trace/kit.ts';
import { days } from '../../test/trace/random.ts';
import { changed, goodWorld, having } from '../../test/trace/world.ts';
import { addDays, addMonths, firstDay, lastDay } from '../day.ts';
import { Clock } from './clock.ts';
import { dueBy, latest } from './due.ts';
import { earliest } from './judge.ts';
import { byDay } from './order.ts';
import { organisationFacts } from './organisation-facts.ts';
import { addPeriod } from './period.ts';
import { zoneOf } from './zone.ts';

const anyDay = fc.constantFrom(...days);

describe('days of different precision side by side', () => {
  test.each([
    [['2026', '2026-12-01'], '2026-12-01'],
    [['2026-Q4', '2026-12-15'], '2026-12-15'],
    [['2026-Q1', '2026-12-01'], '2026-Q1'],
    [['2026-11', '2026-11-29'], '2026-11-29'],
    [['2026-12-31', '2026'], '2026-12-31'],
    [['2025', '2025-Q4', '2025-12'], '2025-12'],
    [[null, '9999', null], '9999'],
    [[null], null],
    [[], null],
  ] as const)('of %j the first to end is %s', (given, first) => {
    expect(earliest(given)).toBe(first);
  });

  test.each([
    [['2026-Q1', '2026-12-01'], '2026-12-01'],
    [['2026', '2026-12-01'], '2026'],
    [['2026-06', '2026-06-10'], '2026-06'],
    [['2025', null], '2025'],
    [[null], null],
  ] as const)('of %j the last to end is %s', (given, last) => {
    expect(latest(given)).toBe(last);
  });

  test('first and last to end bound all the others, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyDay, { minLength: 1 }), (given) => {
        const [first, last] = [earliest(given) ?? '', latest(given) ?? ''];
        for (const day of given) {
          expect(lastDay(first) <= lastDay(day)).toBe(true);
          expect(lastDay(last) >= lastDay(day)).toBe(true);
        }
        const back = [...given].reverse();
        expect([earliest(back), latest(back)]).toEqual([first, last]);
      }),
    );
  });

  test('days sort by when they begin, what has none comes last', () => {
    const sorted = ['2026-12-01', '2026-Q1', null, '2026-02', '2026', '2026-01-01', '2026-01'].sort(byDay);
    expect(sorted).toEqual(['2026-01-01', '2026-01', '2026-Q1', '2026', '2026-02', '2026-12-01', null]);
  });

  test('the order of days is a total one', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (a, b, c) => {
        expect(Math.sign(byDay(a, b))).toBe(-Math.sign(byDay(b, a)) + 0);
        if (byDay(a, b) <= 0 && byDay(b, c) <= 0) expect(byDay(a, c)).toBeLessThanOrEqual(0);
        if (byDay(a, b) < 0) expect(firstDay(a) <= firstDay(b)).toBe(true);
      }),
    );
  });
});

describe('the end of the calendar', () => {
  test.each(['9999', '9999-Q4', '9999-12', '9999-12-31'])('%s ends on its last day', (day) => {
    expect(lastDay(day)).toBe('9999-12-31');
  });

  test('counting on from it stays there, in text that sorts', () => {
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
    expect(addMonths('9999-06-30', 12)).toBe('9999-12-31');
    expect(addPeriod('9999', 'P3M')).toBe('9999-12-31');
  });
});

describe('periods', () => {
  test.each([
    ['2026-Q4', 'P1M', '2027-01-31'],
    ['2026-11', 'P1M', '2026-12-31'],
    ['2026', 'P1D', '2027-01-01'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2027-02-28', 'P1Y', '2028-02-29'],
    ['2026-04-30', 'P1M', '2026-05-31'],
    ['2026-04-29', 'P1M', '2026-05-29'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2026-02-28', 'P2W', '2026-03-14'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2026-12-30', 'P2W', '2027-01-13'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
  ])('%s and %s ends on %s', (day, period, sum) => {
    expect(addPeriod(day, period)).toBe(sum);
  });

  test('a longer period never ends earlier, from a day of any precision', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), fc.nat(40), (day, a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)];
        for (const unit of ['Y', 'M', 'W', 'D']) {
          const [first, second] = [addPeriod(day, `P${short}${unit}`), addPeriod(day, `P${long}${unit}`)];
          expect((first ?? '') <= (second ?? '')).toBe(true);
          expect((first ?? '') >= lastDay(day)).toBe(true);
        }
      }),
    );
  });
});

describe('a clock', () => {
  test.each([
    ['2026-11-20', true, true, '—'],
    ['2026-11-21', false, true, '2026-11-22'],
    ['2026-11-22', false, false, '2026-11-22'],
    ['2026-10', true, true, '—'],
    ['2026-11', false, true, '2026-12-01'],
    ['2026-12', false, false, '2026-12-01'],
    ['2026-Q3', true, true, '—'],
    ['2026-Q4', false, true, '2027-01-01'],
    ['2025', true, true, '—'],
    ['2026', false, true, '2027-01-01'],
    ['2027', false, false, '2027-01-01'],
  ])('on 2026-11-21, %s is over: %s, reached: %s, and turns next on %s', (day, over, reached, turn) => {
    const clock = new Clock('2026-11-21');
    expect([clock.over(day), clock.reached(day)]).toEqual([over, reached]);
    expect(clock.nextTurn ?? '—').toBe(turn);
  });

  test('what it names as the next turn is the first day on which a comparison differs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyDay, fc.boolean()), { maxLength: 6 }), (asked) => {
        const ask = (today: string) => {
          const clock = new Clock(today);
          const said = asked.map(([day, whether]) => (whether ? clock.over(day) : clock.reached(day)));
          return { said: said.join(), turn: clock.nextTurn };
        };
        const now = ask('2026-11-21');
        if (now.turn === null) expect(ask('9999-12-31').said).toBe(now.said);
        else {
          expect(ask(addDays(now.turn, -1)).said).toBe(now.said);
          if (now.turn < '9999-12-31') expect(ask(now.turn).said).not.toBe(now.said);
        }
      }),
    );
  });

  test.each([
    [null, null, true],
    ['2026-11-21', '2026-11-21', true],
    ['2026-11-22', null, false],
    [null, '2026-11-20', false],
    ['2026', '2026', true],
    ['2026-Q4', '2026-11', true],
  ])('from %s to %s holds today: %s', (from, to, inside) => {
    expect(new Clock('2026-11-21').within(from, to)).toBe(inside);
  });
});

describe('what is due', () => {
  const due = (intervals: Record<string, string>, last: string | null, next: string | null) => {
    const inputs = organisationInputs({ organisation: { intervals } });
    const organisation = organisationFacts(inputs, catalogue, new Date('2026-11-21T12:00:00Z'));
    return dueBy({ organisation, clock: new Clock('2026-11-21') }, { interval: 'i', last, next });
  };
  const yearly = { i: 'P1Y' };

  test.each([
    ['2025-11-20', null, { state: 'over', since: '2026-11-20' }],
    ['2025-11-21', null, { state: 'in-time', until: '2026-11-21' }],
    ['2025-11', null, { state: 'in-time', until: '2026-11-30' }],
    ['2025-Q3', null, { state: 'over', since: '2026-09-30' }],
    ['2025', null, { state: 'in-time', until: '2026-12-31' }],
    ['2026-06-01', '2026-11-20', { state: 'over', since: '2026-11-20' }],
    ['2026-06-01', '2026-11', { state: 'in-time', until: '2026-11-30' }],
    ['2026-06-01', '2028', { state: 'in-time', until: '2027-06-01' }],
    [null, '2026-11-21', { state: 'in-time', until: '2026-11-21' }],
    [null, null, { state: 'no-interval' }],
  ] as const)('each year, last done %s, next %s', (last, next, said) => {
    expect(due(yearly, last, next)).toEqual(said);
  });

  test('without a length, or with one that no calendar counts, only the own next day binds', () => {
    expect(due({}, '2020-01-01', null)).toEqual({ state: 'no-interval' });
    expect(due({ i: 'continuous' }, '2020-01-01', null)).toEqual({ state: 'no-interval' });
    expect(due({}, '2020-01-01', '2027')).toEqual({ state: 'in-time', until: '2027-12-31' });
  });
});

describe('zones', () => {
  const zones = [
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Europe/London',
  ];

  test.each(zones)(
    'in %s every day of a leap year begins after the day before and belongs to itself',
    (name) => {
      const zone = zoneOf(name);
      for (let day = '2028-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
        const start = zone.startOf(day);
        expect(zone.dayOf(start)).toBe(day);
        expect(zone.dayOf(new Date(Date.parse(start) - 1000).toISOString())).toBe(addDays(day, -1));
      }
    },
  );

  test('days of the year 1000 sort before those of today, west of Greenwich too', () => {
    expect(zoneOf('America/Los_Angeles').dayOf('1000-01-01T00:00:00Z') < '1000-01-01').toBe(true);
  });

  test('a day that a place skipped begins where the next one does', () => {
    const zone = zoneOf('Pacific/Apia');
    expect(zone.startOf('2011-12-30')).toBe(zone.startOf('2011-12-31'));
  });
});

describe('the same moment in different places', () => {
  const at = (timeZone: string, now: string) => {
    const world = set('sup-1', { nextReview: '2026-11-21' });
    return found({ ...world, organisation: { ...world.organisation, timeZone }, now: new Date(now) }, 'SU6')
      .verdict;
  };

  test('a limit of 21 November ends at midnight of the organisation, not of the server', () => {
    expect(at('Pacific/Kiritimati', '2026-11-21T09:59:00Z')).toBe('holds');
    expect(at('Pacific/Kiritimati', '2026-11-21T10:00:00Z')).toBe('gap');
    expect(at('America/Los_Angeles', '2026-11-22T07:59:00Z')).toBe('holds');
    expect(at('America/Los_Angeles', '2026-11-22T08:00:00Z')).toBe('gap');
  });
});

describe('days that reach a rule', () => {
  test('a review in a quarter does not make an approval after it old', () => {
    const world = {
      ...set('doc-policy', { reviewedOn: '2025-Q4' }),
    };
    expect(found(world, 'PO4')).toMatchObject({ verdict: 'holds', until: '2027-04-01' });
  });

  test('a walk after an audit of a quarter is the newest look', () => {
    const audit = record('audit', 'aud-1', {
      state: 'reported',
      fields: { periodTo: '2025-Q4' },
      links: { systems: ['sys-1'] },
    });
    expect(found(having([{ ...audit, system: null }]), 'AS7')).toMatchObject({
      verdict: 'holds',
      until: '2027-08-01',
    });
  });

  const reported = (due: string, sent: string) =>
    found(
      having([
        record('obligation', 'obl-73', {
          state: 'taken-on',
          fields: { source: 'law', item: 'OB-73' },
          links: { system: ['sys-1'], metBy: ['uc-1'] },
        }),
        record('incident', 'inc-1', {
          fields: { serious: 'yes', triagedAt: '2026-11-01T00:00:00Z', reports: [{ to: 'A', due, sent }] },
        }),
      ]),
      'AS5',
    ).verdict;

  test.each([
    ['2026-11-15', '2026-11-14', 'holds'],
    ['2026-11-15', '2026-11-15', 'holds'],
    ['2026-11-15', '2026-11-16', 'gap'],
    ['2026-11', '2026-11-15', 'holds'],
    ['2026-10', '2026-11-01', 'gap'],
    ['2026-Q3', '2026-10-01', 'gap'],
    ['2026-Q3', '2026-09-30', 'holds'],
    ['2026-11-15', '2026-11', 'holds'],
  ])('a report due %s and sent %s: %s', (due, sent, verdict) => {
    expect(reported(due, sent)).toBe(verdict);
  });

  test('a monitor looked at in a quarter is judged from the end of the quarter', () => {
    const monitor = (lastEvaluatedOn: string, rhythm: string) =>
      found(set('mon-1', { lastEvaluatedOn, rhythm }), 'OP1');
    expect(monitor('2026-Q3', 'quarterly')).toMatchObject({ verdict: 'holds', until: '2026-12-31' });
    expect(monitor('2026-Q3', 'monthly').verdict).toBe('gap');
    expect(monitor('2026', 'daily')).toMatchObject({ verdict: 'holds', until: '2027-01-01' });
  });

  test('of two agreements with a supplier the one that ends last counts, and of two suppliers the first to end', () => {
    const world = changed('rsp-1', { fields: { validTo: '2026' } });
    const other = world.own.find(({ id }) => id === 'rsp-1');
    if (!other) throw new RangeError('rsp-1');
    const second = {
      ...other,
      id: 'rsp-2',
      ref: 'RSP-2',
      fields: { ...other.fields, validTo: '2026-12-05' },
    };
    expect(found(having([second], world), 'SU2')).toMatchObject({ verdict: 'holds', until: '2026' });
    const theirs = { ...second, links: { ...second.links, supplier: ['sup-1-b'] } };
    const both = having([theirs], { ...twoSuppliers({}), own: world.own });
    expect(found(both, 'SU2')).toMatchObject({ verdict: 'holds', until: '2026-12-05' });
  });

  test('a member acts until the end of the last day', () => {
    const last = (leftOn: string) =>
      found(
        {
          ...goodWorld(),
          organisation: {
            ...goodWorld().organisation,
            members: [
              member('boss', { roles: ['top-management'] }),
              member('ann', { leftOn }),
              member('ben'),
              member('cid'),
            ],
          },
        },
        'OW1',
      ).verdict;
    expect([last('2026-11-20'), last('2026-11-21'), last('2026-11-22')]).toEqual(['gap', 'holds', 'holds']);
  });
});
