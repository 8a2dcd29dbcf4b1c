import { expect, test } from 'vitest';
import { zoneOf } from './zone.ts';

test.each([
  ['UTC', '2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['Europe/Berlin', '2026-11-22', '2026-11-21T23:00:00.000Z'],
  ['Europe/Berlin', '2026-07-01', '2026-06-30T22:00:00.000Z'],
  ['America/Los_Angeles', '2026-11-22', '2026-11-22T08:00:00.000Z'],
  ['Asia/Kolkata', '2026-11-22', '2026-11-21T18:30:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-22', '2026-11-21T10:00:00.000Z'],
  // Clocks jump from midnight to one in the morning: the day starts at one.
  ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
])('in %s the day %s starts at %s', (timeZone, day, start) => {
  const zone = zoneOf(timeZone);
  expect(zone.startOf(day)).toBe(start);
  expect(zone.dayOf(start)).toBe(day);
  expect(zone.dayOf(new Date(Date.parse(start) - 60_000).toISOString()) < day).toBe(true);
});

test('a moment near midnight belongs to the day of the zone', () => {
  expect(zoneOf('Europe/Berlin').dayOf('2026-11-21T23:30:00Z')).toBe('2026-11-22');
  expect(zoneOf('America/New_York').dayOf('2026-11-21T04:30:00Z')).toBe('2026-11-20');
});
