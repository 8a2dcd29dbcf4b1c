import type { AccountWire } from '@throughline/domain/wire-account.ts';
import { expect, test } from 'vitest';
import { factorOver } from './factor-over.ts';

const due = '2026-03-01T00:00:00.000Z';
const factor: AccountWire['factors'][number] = {
  id: '01890000-0000-7000-8000-000000000001',
  kind: 'totp',
  name: 'Phone',
  addedAt: due,
  usedAt: null,
  here: true,
};
const at = (moment: string, factors: AccountWire['factors'] = [], factorDue: string | null = due) =>
  factorOver({ factorDue, factors }, new Date(moment));

test('the days are over from the moment that was named', () => {
  expect(at('2026-02-28T23:59:59.999Z')).toBe(false);
  expect(at(due)).toBe(true);
});

test('nothing is over where none is demanded, or one was added', () => {
  expect(at('2026-06-01T00:00:00.000Z', [], null)).toBe(false);
  expect(at('2026-06-01T00:00:00.000Z', [factor])).toBe(false);
});

test('one that was not shown here yet does not count', () => {
  expect(at('2026-06-01T00:00:00.000Z', [{ ...factor, here: false }])).toBe(true);
});
