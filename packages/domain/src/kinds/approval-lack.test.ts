import { expect, test } from 'vitest';
import { wholeContent as wholeLater } from '../../test/impact/whole.ts';
import { goodCriteria } from '../../test/risk/criteria.ts';
import type { Json } from '../json.ts';
import { registry } from './all.ts';
import { approvalLack } from './approval-lack.ts';
import type { Kind } from './kind.ts';

const nothing = {
  today: '2026-05-01',
  annexA: [],
  undecided: { now: [], published: [] },
  linked: () => [],
  ratedBy: new Map(),
};
const now = '2026-05-01T10:00:00Z';
const wholeContent = () => wholeLater({ assessedOn: '2026-04-30' });
const lack = (name: string, fields: Record<string, Json>, state?: string, links = {}) => {
  const kind = registry.get(name);
  return approvalLack(kind, state ?? kind.lifecycle.initial, { fields, links }, nothing, now)?.says;
};

/** What these must say is asked when they are written, or may lie outside of their fields. */
const approvedBlank = ['classification-scheme'];

test('nobody approves a record that says nothing but its name', () => {
  const blank = registry.kinds
    .filter((kind: Kind) => kind.approvable && lack(kind.name, { [kind.title]: 'Named' }) === undefined)
    .map(({ name }) => name);
  expect(blank.sort()).toEqual(approvedBlank);
});

test('an assessment is approved once it is completed, and not when an edit has emptied it since', () => {
  const { fields, links } = wholeContent();
  const said = (state: string, changes: Record<string, Json> = {}) => {
    const kind = registry.get('impact-assessment');
    const content = { fields: { ...fields, ...changes }, links };
    return approvalLack(kind, state, content, nothing, now)?.says;
  };
  expect(said('under-way')).toBe('It is approved once it is “Completed”; this is “Under way”.');
  expect(said('completed')).toBeUndefined();
  const rows = Array.isArray(fields.effects) ? fields.effects : [];
  const harmsOnly = rows.filter((row) => JSON.stringify(row).includes('"no-benefit"') === false);
  expect(said('completed', { effects: harmsOnly })).toMatch(
    /^Fairness: no benefit is named, nor why there is none\./,
  );
  expect(said('completed', { effects: [] })).toMatch(/^Blank|level|dimension|effect/i);
  const { misuse: _, ...rest } = fields;
  expect(
    approvalLack(registry.get('impact-assessment'), 'completed', { fields: rest, links }, nothing, now)?.says,
  ).toMatch(/ is needed before it is approved\.$/);
});

const lasting = {
  event: 'It ranks wrongly',
  owner: 'ann',
  acceptanceType: 'lasting',
  acceptanceReason: 'Rare, and seen at once',
  ...{ currentIndividuals: 'moderate', currentLevel: 'moderate' },
  ...{ residualIndividuals: 'low', residualLevel: 'low' },
};
const interim = { ...lasting, acceptanceType: 'interim', acceptanceUntil: '2026-05-01' };
test.each<[string, Record<string, Json | undefined>, string | undefined]>([
  ['whole, without an end', lasting, undefined],
  ['whole, until today', interim, undefined],
  ['until a year from now', { ...interim, acceptanceUntil: '2027-05-01' }, undefined],
  ['until a month that runs', { ...interim, acceptanceUntil: '2026-05' }, undefined],
  [
    'for more than a year while treatment runs',
    { ...interim, acceptanceUntil: '2027-05-02' },
    'It is to be borne while treatment runs, and “Acceptance until” is 2027-05-02: a year is the most.',
  ],
  [
    'blank but for its level',
    { residualLevel: 'low' },
    'Event, Owner, Acceptance asked for, Why it can be borne are needed before it is approved.',
  ],
  ['without an event', { ...lasting, event: undefined }, 'Event is needed before it is approved.'],
  [
    'nothing remains rated',
    { ...lasting, residualLevel: undefined },
    'Its residual level is not rated, so there is nothing to accept.',
  ],
  [
    'nothing is rated today',
    { ...interim, currentLevel: undefined },
    'Its current level is not rated, so there is nothing to accept while treatment runs.',
  ],
  [
    'rated for some at first alone',
    { ...lasting, inherentSociety: 'low', inherentOrganisation: 'low' },
    'Its current level is not rated for the organisation and society.',
  ],
  [
    'what remains for some is not rated',
    { ...lasting, currentOrganisation: 'low' },
    'Its residual level is not rated for the organisation.',
  ],
  ['what remains is rated later', { ...interim, currentOrganisation: 'low' }, undefined],
  [
    'worse after treatment',
    { ...lasting, residualIndividuals: 'high', residualLevel: 'high' },
    'Its residual level for individuals lies above the current one: rate one of the two anew.',
  ],
  [
    'for the meantime without an end',
    { ...interim, acceptanceUntil: undefined },
    'It is to be borne while treatment runs, and “Acceptance until” names no day.',
  ],
  [
    'until a day that is over',
    { ...lasting, acceptanceUntil: '2026-04' },
    '“Acceptance until” is 2026-04, which is over: name a day to come.',
  ],
])('a risk is accepted as it was rated and on its terms: %s', (_, said, expected) => {
  const fields = Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  expect(lack('risk', fields)).toBe(expected);
});

const sourceless = 'It gives a reason without a source: name what calls for the control, or write why.';
test.each([
  [
    { decision: 'excluded', reasons: ['law'] },
    {},
    'It excludes a control, and “Justification” does not say why, in a sentence.',
  ],
  [{ decision: 'excluded', justification: 'No model is made here.' }, {}, undefined],
  [{ decision: 'applicable' }, {}, 'It includes a control, and says nowhere why.'],
  [{ decision: 'applicable', reasons: ['good-practice'] }, {}, sourceless],
  [{ decision: 'applicable', reasons: ['law', 'house-rule'] }, {}, sourceless],
  [{ decision: 'applicable', reasons: ['law'], justification: ' ' }, {}, sourceless],
  [{ decision: 'applicable', reasons: ['law'] }, { reasonedBy: ['a'] }, undefined],
  [{ decision: 'applicable', reasons: ['good-practice'], justification: 'Ours.' }, {}, undefined],
  [
    { decision: 'excluded' },
    { reasonedBy: ['a'] },
    'It excludes a control, and “Justification” does not say why, in a sentence.',
  ],
  [{ decision: 'applicable' }, { reasonedBy: ['a'] }, undefined],
  [{ justification: 'Because' }, {}, 'Decision is needed before it is approved.'],
])('a line of the statement says why: %j with %j', (fields, links, expected) => {
  expect(lack('applicability', fields, undefined, links)).toBe(expected);
});

const criteriaRows = () =>
  Object.fromEntries(Object.entries(goodCriteria()).map(([name, value]) => [name, value as Json]));

test('criteria come into force once they can rate, and draw the line of what is borne for each of the three', () => {
  const { thresholds: _, ...open } = criteriaRows();
  const appetite = 'Harm to health is never borne for profit';
  expect(lack('risk-criteria', { ...criteriaRows(), appetite })).toBeUndefined();
  for (const blank of [{}, { appetite: '.' }])
    expect(lack('risk-criteria', { ...criteriaRows(), ...blank })).toMatch(/write the appetite/);
  expect(lack('risk-criteria', open)).toBe(
    'No highest level that is borne without treatment is named for the organisation, individuals and society.',
  );
  const one = [{ bearer: 'organisation', level: 'moderate' }];
  expect(lack('risk-criteria', { ...open, thresholds: one })).toBe(
    'No highest level that is borne without treatment is named for individuals and society.',
  );
  expect(lack('risk-criteria', { thresholds: one })).toMatch(/^No risk can be rated by it yet/);
});

test('a table of tiers comes into force once each answer gets one level', () => {
  const levels = [{ level: 'Mild' }, { level: 'Hard' }];
  const acts = { fact: 'use-case.autonomy', test: 'any', values: 'action' };
  const table = (rules: Json[], conditions: Json[], hits = 'first') =>
    lack('classification-scheme', { method: 'table', levels, hits, rules, conditions });
  const hard = { row: '1', level: 'Hard' };
  const mild = { row: '2', level: 'Mild' };
  expect(table([], [])).toBe('Its table has no rows yet, so no use would get a level.');
  expect(table([hard], [{ row: '1', ...acts }])).toMatch(
    /^1 combination of answers would get no level, such as /,
  );
  expect(table([hard, mild], [{ row: '1', ...acts }])).toBeUndefined();
  expect(table([hard, mild], [{ row: '1', ...acts }], 'one')).toMatch(
    /^Rows 1 and 2 both fit .*, and none of them decides\.$/,
  );
  expect(lack('classification-scheme', { method: 'given' })).toBeUndefined();
});

test('a text without a letter or a digit says nothing: nobody approves on a full stop', () => {
  const excluded = (justification: string) => lack('applicability', { decision: 'excluded', justification });
  expect(excluded('.')).toBe('It excludes a control, and “Justification” does not say why, in a sentence.');
  for (const filler of ['n/a', 'N.A.', 'None.', 'TBD', 'to be confirmed', '(not applicable)', 'ok', 'yes'])
    expect(excluded(filler), filler).toBe(
      'It excludes a control, and “Justification” does not say why, in a sentence.',
    );
  expect(excluded('Not applicable: no model is trained here')).toBeUndefined();
  expect(excluded('No model is trained here.')).toBeUndefined();
  const { fields, links } = wholeContent();
  const assessed = (changes: Record<string, Json>) =>
    lack('impact-assessment', { ...fields, ...changes }, 'completed', links);
  expect(assessed({ misuse: '…' })).toMatch(/ is needed before it is approved\.$/);
  expect(assessed({ consultation: '--' })).toMatch(/consulted.* is blank\./);
});

test('a gate is approved with all that its passing takes, and not without a criterion', () => {
  const criteria = [
    { criterion: 'Tests are there', finding: 'person', answer: 'met', checked: 'Read each of them' },
  ];
  const decided = { requestedBy: 'ann', decidedBy: 'bob', decidedOn: '2026-04-30' };
  const whole: Record<string, Json> = { type: 'use-case-approval', verdict: 'pass', criteria, ...decided };
  const without = (part: string) =>
    lack('gate', Object.fromEntries(Object.entries(whole).filter(([name]) => name !== part)));
  expect(lack('gate', whole)).toBeUndefined();
  expect(lack('gate', { ...whole, criteria: [] })).toBe('Criteria is needed before it is approved.');
  for (const part of ['requestedBy', 'criteria', 'verdict', 'decidedBy', 'decidedOn'])
    expect(without(part), part).toMatch(/ is needed before it is approved\.$/);
  const failed = { ...whole, criteria: null, verdict: 'fail' };
  expect(lack('gate', failed)).toBe('Reason is needed before it is approved.');
  expect(lack('gate', { ...failed, reason: 'The tests were not run' })).toBeUndefined();
});

test('what is lacking is put right in the parts that are named', () => {
  const parts = (name: string, fields: Record<string, Json>, state?: string) => {
    const kind = registry.get(name);
    const content = { fields, links: {} };
    return approvalLack(kind, state ?? kind.lifecycle.initial, content, nothing, now)?.parts;
  };
  expect(parts('document', { type: 'policy' })).toEqual(['text', 'file', 'location']);
  expect(parts('treatment', { option: ['avoid'] })).toEqual(['risks', 'actions', 'owner']);
  expect(parts('applicability', { decision: 'excluded' })).toEqual(['justification']);
  expect(parts('impact-assessment', { conclusion: 'None' })).toEqual(
    expect.not.arrayContaining(['conclusion']),
  );
  expect(parts('risk', { ...interim, acceptanceUntil: '2026-04' })).toEqual(['acceptanceUntil']);
  expect(parts('risk', { ...lasting, event: '.' })).toEqual(['event']);
});
