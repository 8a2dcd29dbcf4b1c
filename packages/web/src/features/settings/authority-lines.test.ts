import { expect, test } from 'vitest';
import { emptyLine, grantsOf, linesOf, usualLines, withoutLines } from './authority-lines.ts';

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

const usual = [
  {
    id: 'risk_owner',
    name: 'Risk owner',
    duty: 'accepts',
    role: 'risk-owner',
    limits: [
      { dimension: 'residual_risk', level: 'low' },
      { dimension: 'interim_risk', level: 'low' },
    ],
  },
  {
    id: 'committee',
    name: 'Committee',
    duty: 'decides',
    role: null,
    limits: [{ dimension: 'residual_risk', level: 'high' }],
  },
] as const;

test('the usual table becomes a line for each limit of whoever was named, and none for who was not', () => {
  const lines = usualLines(usual, { risk_owner: 'role:risk-owner', committee: null });
  expect(grantsOf(lines)).toEqual([
    { level: 'low', dimension: 'residual_risk', holder: { role: 'risk-owner' }, delegate: null, until: null },
    { level: 'low', dimension: 'interim_risk', holder: { role: 'risk-owner' }, delegate: null, until: null },
  ]);
  expect(grantsOf(usualLines(usual, { committee: 'member:m1' }))).toEqual([
    { level: 'high', dimension: 'residual_risk', holder: { member: 'm1' }, delegate: null, until: null },
  ]);
  expect(usualLines(usual, {})).toEqual([]);
});

test('what no line speaks of is named, by who decides there', () => {
  const dimensions = [
    { id: 'residual_risk', name: 'Acceptance of residual risk', decidedBy: 'table' },
    { id: 'document', name: 'Approval of a document', decidedBy: 'roles' },
    { id: 'release', name: 'Release', decidedBy: 'nobody' },
  ] as const;
  expect(withoutLines(dimensions, usualLines(usual, { committee: 'member:m1' }))).toEqual({
    roles: ['Approval of a document'],
    nobody: ['Release'],
  });
  // Lines that are taken out end: what they spoke of is nobody's.
  expect(withoutLines(dimensions, []).nobody).toEqual(['Acceptance of residual risk', 'Release']);
});
