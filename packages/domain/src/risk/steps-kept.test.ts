import { expect, test } from 'vitest';
import { squareless } from '../../test/risk/criteria.ts';
import { DomainError } from '../errors.ts';
import { decideEdit, emptyContent } from '../kinds/edit.ts';
import { risk } from '../kinds/risk.ts';
import { acceptanceLack } from '../kinds/risk-acceptance.ts';
import { criteriaOf } from './criteria.ts';
import { type Point, rate, versionName } from './rate.ts';

const criteria = squareless();
const rating = {
  likelihood: 'often',
  consequences: { organisation: 'Mild', individuals: 'Worst', society: 'Local' },
};
function rated(point: Point, before = {}, version = 3) {
  const found = rate(criteriaOf(criteria), { point, rating, before, name: versionName('RCR-1', version) });
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return { ...before, ...found.fields };
}
const stood = decideEdit(
  risk,
  emptyContent,
  { byAct: true, fields: { name: 'It misleads', ...rated('residual', rated('current')) } },
  new Map(),
).next;
const refused = (fields: Record<string, unknown>, byAct?: true): string[] => {
  try {
    decideEdit(risk, stood, { fields, ...(byAct ? { byAct } : {}) }, new Map());
    return [];
  } catch (error) {
    return error instanceof DomainError ? error.items.map(({ at }) => at) : [String(error)];
  }
};

test('a level that was read from steps is not typed over, nor are the steps or the criteria taken away by hand', () => {
  expect(refused({ currentIndividuals: 'low', residualIndividuals: 'low' })).toEqual([
    'fields.currentIndividuals',
    'fields.residualIndividuals',
  ]);
  expect(refused({ residualIndividuals: null })).toEqual(['fields.residualIndividuals']);
  expect(refused({ rated: null, residualIndividuals: 'low' })).toEqual(['fields.rated']);
  expect(refused({ criteriaVersion: null, residualIndividuals: 'low' })).toEqual(['fields.criteriaVersion']);
});

test('what was rated by no steps is typed as before, and a rating anew moves level and steps together', () => {
  expect(refused({ inherentIndividuals: 'low', name: 'It misleads many' })).toEqual([]);
  const anew = rate(criteriaOf(criteria), {
    point: 'residual',
    rating: { likelihood: 'seldom', consequences: { ...rating.consequences, individuals: 'Mild' } },
    before: stood.fields,
    name: 'RCR-1 v3',
  });
  expect('fields' in anew && refused({ ...anew.fields }, true)).toEqual([]);
});

const asked = { acceptanceType: 'lasting', currentLevel: 'severe', residualLevel: 'severe' };
const known = new Map([['RCR-1 v3', criteria]]);
const lack = (fields: Record<string, unknown>, by: ReadonlyMap<string, typeof criteria> = known) =>
  acceptanceLack({ ...stood.fields, ...asked, ...fields } as typeof stood.fields, '2026-05-01', by)?.says;

test('nobody bears a level that the criteria do not give for its steps', () => {
  expect(lack({})).toBeUndefined();
  expect(lack({ residualIndividuals: 'low' })).toBe(
    'Its residual level for individuals is low, and its criteria give severe for Often with Worst: rate it anew.',
  );
  expect(
    lack({
      acceptanceType: 'interim',
      acceptanceUntil: '2026-06-01',
      currentSociety: 'low',
      residualSociety: 'low',
    }),
  ).toMatch(/^Its current level for society is low/);
});

test('nor one that stands beside no steps, or whose criteria are not on record', () => {
  const rows = Array.isArray(stood.fields.rated) ? stood.fields.rated : [];
  expect(lack({ rated: rows.slice(0, 3) })).toMatch(
    /^Its residual level for the organisation was read from no/,
  );
  expect(lack({ rated: [] }, new Map())).toBeUndefined();
  expect(lack({}, new Map())).toMatch(/not on record: rate it anew/);
});

test('each point is held against the version that it was rated by, not against the last one alone', () => {
  // What remains was rated by version 3; what there is today anew by version 4, which is milder for everybody.
  const milder = { ...criteria, matrix: criteria.matrix.map((cell) => ({ ...cell, level: 'low' })) };
  const by = new Map([...known, ['RCR-1 v4', milder]]);
  const anew = rate(criteriaOf(milder), {
    ...{ point: 'inherent', rating, name: 'RCR-1 v4' },
    before: stood.fields,
  });
  if ('problems' in anew) throw new Error(JSON.stringify(anew.problems));
  expect(anew.fields.criteriaVersion).toBe('RCR-1 v4');
  expect(lack({ ...anew.fields }, by)).toBeUndefined();
  expect(lack({ ...anew.fields }, new Map([['RCR-1 v4', milder]]))).toMatch(/not on record/);
});
