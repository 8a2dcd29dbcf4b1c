import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meets, rank } from './authority.ts';
import { type DutyWaiver, latestLastDay, stood, waiverAt, waiverDemand } from './duty-waivers.ts';

const waiver: DutyWaiver = {
  id: 'w1',
  at: '2026-05-04T09:00:00.000Z',
  lastDay: '2026-08-31',
  endedAt: null,
};

test('a waiver stands from the moment it is given to the end of its last day', () => {
  expect(stood(waiver, '2026-05-04T08:59:59.999Z', '2026-05-04')).toBe(false);
  expect(stood(waiver, '2026-05-04T09:00:00.000Z', '2026-05-04')).toBe(true);
  expect(stood(waiver, '2026-08-31T21:59:00.000Z', '2026-08-31')).toBe(true);
  // The same moment is the next day already further east.
  expect(stood(waiver, '2026-08-31T21:59:00.000Z', '2026-09-01')).toBe(false);
});

test('one that was ended stands until then, and no longer', () => {
  const ended = { ...waiver, endedAt: '2026-06-01T12:00:00.000Z' };
  expect(stood(ended, '2026-06-01T11:59:59.999Z', '2026-06-01')).toBe(true);
  expect(stood(ended, '2026-06-01T12:00:00.000Z', '2026-06-01')).toBe(false);
  expect(stood(ended, '2026-07-01T12:00:00.000Z', '2026-07-01')).toBe(false);
});

const moments = fc
  .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
  .map((ms) => new Date(ms).toISOString());
const waivers = fc.array(
  fc.record({
    id: fc.uuid(),
    at: moments,
    lastDay: moments.map((at) => at.slice(0, 10)),
    endedAt: fc.option(moments),
  }),
  { maxLength: 6 },
);

test('the one that is found stood, and none is found exactly where none did', () => {
  fc.assert(
    fc.property(waivers, moments, (all, at) => {
      const day = at.slice(0, 10);
      const found = waiverAt(all, at, day);
      const standing = all.filter((one) => stood(one, at, day));
      expect(found).toBe(standing.at(-1));
    }),
  );
});

test('ending a waiver takes nothing from what was approved before, and everything after', () => {
  fc.assert(
    fc.property(waivers, moments, moments, (all, end, at) => {
      const ended = all.map((one) => ({
        ...one,
        endedAt: one.endedAt === null || one.endedAt > end ? end : one.endedAt,
      }));
      const day = at.slice(0, 10);
      const [before, after] = [waiverAt(all, at, day), waiverAt(ended, at, day)];
      expect(after?.id).toBe(at < end ? before?.id : undefined);
    }),
  );
});

test('a waiver stands for a year at most, also over a leap day', () => {
  expect(latestLastDay('2026-05-04')).toBe('2027-05-05');
  expect(latestLastDay('2027-05-04')).toBe('2028-05-04');
});

test('only authority over waivers of the highest level gives one', () => {
  for (const level of authorityLevels) {
    const row = {
      dimension: 'waiver',
      level,
      member: 'a',
      role: null,
      validFrom: '2026-01-01',
      validTo: null,
    };
    const person = { member: 'a', roles: [] };
    expect(meets([row], person, waiverDemand, '2026-05-04')).toBe(rank(level) === authorityLevels.length - 1);
    expect(meets([{ ...row, dimension: 'release' }], person, waiverDemand, '2026-05-04')).toBeNull();
  }
});
