import { describe, expect, test } from 'vitest';
import { type MethodNow, methodStanding } from './method.ts';

const method: MethodNow = { approved: [1, 3, 5], inForce: 5, transitionOn: '2026-12-31' };
const stand = (named: number | null, change: Partial<MethodNow> | null, today = '2026-11-22') =>
  methodStanding(named, change && { ...method, ...change }, today);

test('the version in force is current, whatever the day', () => {
  expect(stand(5, {})).toEqual({ standing: 'current', says: 'It follows version 5, which is in force.' });
  expect(stand(5, {}, '2040-01-01').standing).toBe('current');
});

test('no version, or no method, is none', () => {
  expect(stand(null, {}).standing).toBe('none');
  expect(stand(3, null)).toEqual({ standing: 'none', says: 'It names no version of a method.' });
});

test('a version that was never approved is not taken for one', () => {
  expect(stand(4, {})).toEqual({
    standing: 'unknown',
    says: 'Version 4 of the method was never approved.',
  });
});

describe('an earlier version', () => {
  test('stands until the transition ends, its last day included', () => {
    expect(stand(3, {})).toEqual({
      standing: 'in-transition',
      says: 'It follows version 3; version 5 is in force. The transition ends on 31 Dec 2026.',
    });
    expect(stand(3, {}, '2026-12-31').standing).toBe('in-transition');
    expect(stand(3, {}, '2027-01-01')).toEqual({
      standing: 'older',
      says: 'It follows version 3; version 5 is in force. The transition ended on 31 Dec 2026.',
    });
  });
  test('stands to the end of a month or a year that was named', () => {
    expect(stand(3, { transitionOn: '2026-11' }, '2026-11-30').standing).toBe('in-transition');
    expect(stand(3, { transitionOn: '2026-11' }, '2026-12-01').standing).toBe('older');
    expect(stand(1, { transitionOn: '2026' }, '2026-12-31').standing).toBe('in-transition');
  });
  test('is older at once where no transition was named', () => {
    expect(methodStanding(3, { ...method, transitionOn: null }, '2026-11-22')).toEqual({
      standing: 'older',
      says: 'It follows version 3; version 5 is in force, without a day of transition.',
    });
  });
  test('is older where the method was withdrawn', () => {
    expect(methodStanding(3, { ...method, inForce: null }, '2026-11-22')).toEqual({
      standing: 'older',
      says: 'It follows version 3; no version is in force now.',
    });
  });
});
