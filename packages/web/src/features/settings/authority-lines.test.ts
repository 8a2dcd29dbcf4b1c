import { expect, test } from 'vitest';
import { emptyLine, grantsOf, linesOf } from './authority-lines.ts';

const grants = [
  {
    level: 'high',
    dimension: 'residual_risk',
    holder: { role: 'top-management' },
    delegate: null,
    until: null,
  },
  {
    level: 'low',
    dimension: 'gate',
    holder: { member: 'm1', name: 'Head of claims' },
    delegate: { member: 'm2', name: 'Legal lead' },
    until: '2027-01-31',
  },
] as const;

test('a table read and written again says the same', () => {
  expect(grantsOf(linesOf(grants))).toEqual([
    {
      level: 'high',
      dimension: 'residual_risk',
      holder: { role: 'top-management' },
      delegate: null,
      until: null,
    },
    { level: 'low', dimension: 'gate', holder: { member: 'm1' }, delegate: 'm2', until: '2027-01-31' },
  ]);
});

test('a line without a holder is no decision, and keys stay apart', () => {
  const lines = linesOf(grants);
  const added = [...lines, emptyLine(lines)];
  expect(grantsOf(added)).toBeNull();
  expect(new Set(added.map(({ key }) => key)).size).toBe(3);
  expect(emptyLine([]).key).toBe(0);
});
