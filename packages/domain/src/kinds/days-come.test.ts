import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { registry } from './all.ts';
import { approvalLack } from './approval-lack.ts';
import { daysToCome, decidedThen, isToCome, notWhole, takenAway } from './days-come.ts';
import { transitionObstacle } from './transition.ts';

test('a day lies ahead once it begins after today; a month that has begun does not', () => {
  expect(isToCome('2026-05-02', '2026-05-01')).toBe(true);
  expect(isToCome('2026-05-01', '2026-05-01T10:00:00Z')).toBe(false);
  expect(isToCome('2026-05', '2026-05-01')).toBe(false);
  expect(isToCome('2026-Q3', '2026-05-01')).toBe(true);
});

const happened = registry.kinds.flatMap((kind) =>
  (kind.happened ?? []).map((field): [string, string] => [kind.name, field]),
);

test('what was assessed, rated, classified, reviewed, given and finished was on a day', () => {
  expect(happened.map((one) => one.join('.')).sort()).toEqual([
    'applicability.decidedOn',
    'classification.classifiedOn',
    'classification.givenOn',
    'classification.validatedOn',
    'control-test.populationOn',
    'control-test.testedOn',
    'document.reviewedOn',
    'evidence.periodFrom',
    'gate.decidedOn',
    'gate.requestedOn',
    'impact-assessment.assessedOn',
    'impact-assessment.dpiaOn',
    'impact-assessment.friaNotifiedOn',
    'impact-assessment.friaOn',
    'implementation.endedOn',
    'implementation.inPlaceSince',
    'log-plan.checkedOn',
    'regulatory-file.doneOn',
    'regulatory-file.receivedOn',
    'risk-assessment.heldOn',
    'risk.assessedOn',
    'risk.reviewedOn',
    'supplier.diligenceOn',
    'supplier.reviewedOn',
    'system.reviewedOn',
    'treatment.doneOn',
    'use-case.reviewedOn',
    'verification.decidedOn',
    'verification.testedOn',
    'verification.thresholdsSetOn',
  ]);
});

test.each(happened)('%s: %s names no day to come', (name, field) => {
  const kind = registry.get(name);
  const on = (day: string) =>
    daysToCome(kind, { fields: { [field]: day } }, '2026-05-01').map((one) => one.field);
  expect(kind.fields[field]?.type).toBe('day');
  expect(on('2026-05-01')).toEqual([]);
  expect(on('2026-05-02')).toEqual([field]);
});

const later = (name: string, step: string, state: string, fields: Record<string, Json>) =>
  transitionObstacle(
    registry.get(name),
    step,
    { state, content: { fields, links: {} }, approval: 'stands' },
    { type: 'person', member: 'ann', roles: [] },
    '2026-05-01',
  );

test('no step is taken on such a day, and no approval given', () => {
  expect(later('treatment', 'finish', 'under-way', { results: 'Done', doneOn: '2999-01-01' })).toBe(
    '“Done on” is 1 Jan 2999, a day that is still to come.',
  );
  expect(
    later('treatment', 'finish', 'under-way', { results: 'Done', doneOn: '2026-05-01' }),
  ).toBeUndefined();
  const around = {
    today: '2026-05-01',
    annexA: [],
    undecided: { now: [], published: [] },
    linked: () => [],
    ratedBy: new Map(),
  };
  const whole = {
    event: 'It ranks wrongly',
    owner: 'ann',
    acceptanceType: 'lasting',
    acceptanceReason: 'Rare, and seen at once',
    assessedOn: '2026-05-02',
  };
  const content = { fields: whole, links: {} };
  expect(approvalLack(registry.get('risk'), 'assessed', content, around, '2026-05-01')).toEqual({
    says: '“Assessed on” is 2 May 2026, a day that is still to come.',
    parts: ['assessedOn'],
  });
});

test('what was to happen on a day that has come, today too, is neither put off nor taken away nor worded otherwise', () => {
  const kind = registry.get('impact-assessment');
  const before = { proposedChange: 'Another model', changeEffectiveOn: '2026-04-30' };
  const fields = (next: Record<string, Json>, today = '2026-05-01', was: Record<string, Json> = before) =>
    takenAway(kind, was, next, today).map(({ field }) => field);
  expect(fields({ ...before, changeEffectiveOn: '2026-06-01' })).toEqual(['changeEffectiveOn']);
  expect(fields({ proposedChange: 'Another model' })).toEqual(['changeEffectiveOn']);
  expect(fields({ changeEffectiveOn: '2026-04-30', proposedChange: ' ' })).toEqual(['proposedChange']);
  expect(fields({ ...before, proposedChange: 'Another model, smaller' })).toEqual(['proposedChange']);
  expect(fields({ ...before, changeEffectiveOn: '2026-04-01' })).toEqual([]);
  expect(fields({}, '2026-04-30')).toEqual(['changeEffectiveOn', 'proposedChange']);
  expect(fields({}, '2026-04-29')).toEqual([]);
  // A month on record from earlier names its first day.
  const month = { ...before, changeEffectiveOn: '2026-04' };
  expect(fields({ ...month, changeEffectiveOn: '2026-04-30' }, '2026-04-10', month)).toEqual([
    'changeEffectiveOn',
  ]);
  expect(fields({ ...month, changeEffectiveOn: '2026-04-01' }, '2026-04-10', month)).toEqual([]);
  expect(fields({}, '2026-05-01', { changeEffectiveOn: '2026-04-30' })).toEqual([]);
  expect(takenAway(registry.get('risk'), before, {}, '2026-05-01')).toEqual([]);
});

test.each(['2026', '2026-Q2', '2026-04'])('what is to happen in %s has no whole day', (changeEffectiveOn) => {
  const kind = registry.get('impact-assessment');
  const [fault, ...more] = notWhole(kind, { changeEffectiveOn });
  expect([fault?.field, more]).toEqual(['changeEffectiveOn', []]);
  expect(fault?.says).toMatch(/^“The change takes effect on” is .+; a whole day is needed\.$/);
  expect(notWhole(kind, { changeEffectiveOn: '2026-04-30' })).toEqual([]);
  expect(notWhole(kind, {})).toEqual([]);
  expect(notWhole(registry.get('risk'), { changeEffectiveOn })).toEqual([]);
});

test('what was over ended by today: neither a month nor a year that goes on speaks for its end', () => {
  const ends = registry.kinds.flatMap(({ name, ended = [] }) => ended.map((field) => `${name}.${field}`));
  expect(ends).toEqual(['evidence.periodTo']);
  const said = (day: string) =>
    daysToCome(registry.get('evidence'), { fields: { periodTo: day } }, '2026-05-31').map(({ says }) => says);
  for (const over of ['2026-05-31', '2026-05', '2025', '2026-Q1']) expect(said(over), over).toEqual([]);
  expect(said('2026-06-01')).toEqual(['“Speaks to” is 1 Jun 2026, which ends after today.']);
  expect(said('2026')).toEqual(['“Speaks to” is 2026, which ends after today.']);
  expect(said('2029-01-31')).toHaveLength(1);
});

describe('a decision that is turned into another one', () => {
  const kind = registry.get('applicability');
  const said = (before: Record<string, string>, next: Record<string, string>) =>
    decidedThen(kind, before, next, '2026-05-02').map(({ field }) => field);
  const before = { decision: 'applicable', decidedOn: '2026-03-01' };

  test('is not left on the day of the one before', () => {
    expect(said(before, { ...before, decision: 'excluded' })).toEqual(['decidedOn']);
    const [fault] = decidedThen(kind, before, { ...before, decision: 'excluded' }, '2026-05-02');
    expect(fault?.says).toBe(
      '“Decided on” is 1 Mar 2026, the day of the decision before. Say when this one was made.',
    );
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['a day of its own', before, { decision: 'excluded', decidedOn: '2026-05-02' }],
    ['no day', before, { decision: 'excluded' }],
    ['the same decision in other words', before, { ...before, justification: 'Said better.' }],
    [
      'a day that is today',
      { ...before, decidedOn: '2026-05-02' },
      { decision: 'excluded', decidedOn: '2026-05-02' },
    ],
    [
      'a month that goes on',
      { ...before, decidedOn: '2026-05' },
      { decision: 'excluded', decidedOn: '2026-05' },
    ],
    ['a first decision', { decidedOn: '2026-03-01' }, before],
  ])('and is taken with %s', (_, was, next) => {
    expect(said(was, next)).toEqual([]);
  });
});
