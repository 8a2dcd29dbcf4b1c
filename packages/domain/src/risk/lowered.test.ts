import fc from 'fast-check';
import { expect, test } from 'vitest';
import { act, record } from '../../test/trace/kit.ts';
import { effects } from '../../test/trace/world-records.ts';
import { rank } from '../authority.ts';
import type { Json } from '../json.ts';
import { levels } from '../kinds/vocabulary/scales.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import type { Fields } from './criteria.ts';
import { type Decision, foundRating, isLowered, loweredWords } from './lowered.ts';

const decided = (as: Decision['as'], fields: Fields, links: Decision['links'] = {}): Decision => ({
  as,
  at: '2026-05-04T08:00:00.000Z',
  fields,
  links,
});
const high = { currentIndividuals: 'high', residualIndividuals: 'moderate', currentLevel: 'high' };

test('a level below the one decided on is told with both, and with who decided', () => {
  const next = { ...high, currentIndividuals: 'low' };
  expect(loweredWords(decided('accepted', high), { before: high, next })).toBe(
    'Its current level for individuals falls to “Low”, and it was accepted at “High”.',
  );
  const residual = { ...high, residualIndividuals: 'low' };
  expect(loweredWords(decided('planned', high), { before: high, next: residual })).toBe(
    'Its residual level for individuals falls to “Low”, and its plan was approved at “Moderate”.',
  );
  const { currentIndividuals: _, ...bare } = high;
  expect(loweredWords(decided('accepted', high), { before: high, next: bare })).toBe(
    'Its current level for individuals is taken away, and it was accepted at “High”.',
  );
});

test('what stays, goes up, is of another point, or was never decided on is lowered by nobody', () => {
  const accepted = decided('accepted', high);
  expect(loweredWords(accepted, { before: high, next: high })).toBeUndefined();
  const worse = { ...high, currentIndividuals: 'severe' };
  expect(loweredWords(accepted, { before: worse, next: high })).toBeUndefined();
  const lower = { ...high, currentIndividuals: 'low' };
  expect(
    loweredWords(accepted, { before: lower, next: { ...high, currentIndividuals: 'moderate' } }),
  ).toBeUndefined();
  expect(
    loweredWords(accepted, { before: high, next: { ...high, targetIndividuals: 'low' } }),
  ).toBeUndefined();
  expect(loweredWords(accepted, { before: high, next: { ...high, currentSociety: 'low' } })).toBeUndefined();
});

test('taken away first, a level is lowered all the same once it is written again', () => {
  const { currentIndividuals: _, ...bare } = high;
  const next = { ...high, currentIndividuals: 'low' };
  expect(loweredWords(decided('accepted', high), { before: bare, next })).toContain('falls to “Low”');
});

test('lowered means below what was decided on and below what stood', () => {
  const level = fc.constantFrom(...levels.map(({ id }) => id));
  fc.assert(
    fc.property(level, level, level, (from, before, next) => {
      const below = rank(next) < rank(from) && rank(next) < rank(before);
      expect(isLowered(from, before, next)).toBe(below);
      expect(isLowered(null, before, next)).toBe(false);
      expect(isLowered(from, before, null)).toBe(true);
    }),
  );
});

const carrying = (numbers: readonly string[]) => ({
  fields: { carriedEffects: [...numbers] },
  links: { carries: ['ia-1'] },
});
const found = (effect: Record<string, Json>, patch: Partial<TraceRecord> = {}) => {
  const [first = {}] = effects;
  const assessment = record('impact-assessment', 'ia-1', {
    ...{ approvals: [act('approve')], fields: { effects: [{ ...first, ...effect }] } },
    ...patch,
  });
  return (numbers: readonly string[], current: string | null, before: Fields = {}) => {
    const risk = carrying(numbers);
    const rating = foundRating(risk, [assessment]);
    const next = current === null ? {} : { currentIndividuals: current, currentSociety: current };
    return rating && loweredWords(rating, { before, next });
  };
};

test('a first rating far below what a finding says that it carries takes a word, for whom it is so bad', () => {
  const serious = found({ severity: 'serious' });
  expect(serious(['1'], 'low')).toBe(
    'Its current level for individuals is “Low”, and effect 1 of IA-1, which it carries, is judged “Serious”.',
  );
  expect([serious(['1'], 'moderate'), serious(['2'], 'low'), serious([], 'low')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(found({ severity: 'severe' })(['1'], 'moderate')).toContain('is judged “Severe”');
  expect(found({ severity: 'severe', level: 'society' })(['1'], 'moderate')).toContain('level for society');
  const severe = found({ severity: 'severe' });
  const low = { currentIndividuals: 'low', currentSociety: 'low' };
  expect(severe(['1'], 'moderate', low)).toContain('is “Moderate”, and effect 1 of IA-1');
  expect(severe(['1'], 'high', low)).toBeUndefined();
  // What stood there already is not rated anew.
  expect(serious(['1'], 'low', { currentIndividuals: 'low', currentSociety: 'low' })).toBeUndefined();
});

test('a benefit, a lesser harm, and what nobody approved or somebody withdrew lead to no level', () => {
  expect(found({ severity: 'severe', polarity: 'beneficial' })(['1'], 'low')).toBeUndefined();
  expect(found({ severity: 'moderate' })(['1'], 'low')).toBeUndefined();
  expect(found({ severity: 'severe' }, { approvals: [] })(['1'], 'low')).toBeUndefined();
  expect(found({ severity: 'severe' }, { state: 'withdrawn' })(['1'], 'low')).toBeUndefined();
});

test('a decision made with a finding in view leads as far as it agreed to less, and no other does', () => {
  const [first = {}] = effects;
  const severe = { ...first, severity: 'severe' };
  const inForce = (at: string) =>
    record('impact-assessment', 'ia-1', {
      ...{ approvals: [act('approve', { at })], fields: { effects: [severe] } },
    });
  const least = (decision: Decision | undefined, assessment = inForce('2026-04-01T09:00:00Z')) =>
    foundRating(carrying(['1']), [assessment], decision)?.fields.currentIndividuals;
  const seen = carrying(['1']);
  const agreed = (level: string) =>
    decided('accepted', { ...seen.fields, currentIndividuals: level }, seen.links);
  expect(least(undefined)).toBe('high');
  expect([least(agreed('low')), least(agreed('high')), least(agreed('severe'))]).toEqual([
    'low',
    'high',
    'high',
  ]);
  // Not rated then, not carried then, or not approved then: nobody agreed to it.
  expect(least(decided('planned', seen.fields, seen.links))).toBe('high');
  expect(least(decided('accepted', { currentIndividuals: 'low' }))).toBe('high');
  expect(least(agreed('low'), inForce('2026-06-01T09:00:00Z'))).toBe('high');
  const before = { currentIndividuals: 'low' };
  const found = foundRating(carrying(['1']), [inForce('2026-04-01T09:00:00Z')], agreed('low'));
  expect(found && loweredWords(found, { before: {}, next: before })).toBeUndefined();
});

test('of several findings the worst leads, for each', () => {
  const [first = {}] = effects;
  const severe = { ...first, number: 2, severity: 'severe' };
  const assessment = record('impact-assessment', 'ia-1', {
    ...{ approvals: [act('approve')], fields: { effects: [first, severe, { ...first, number: 3 }] } },
  });
  expect(foundRating(carrying(['1', '2', '3']), [assessment])).toMatchObject({
    fields: { currentIndividuals: 'high' },
    findings: { individuals: expect.stringContaining('effect 2 of IA-1') },
  });
});
