import { describe, expect, test } from 'vitest';
import { harm, wholeContent, withEffects } from '../../test/impact/whole.ts';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import { impactDimensions } from '../kinds/vocabulary/impact.ts';
import { isSignificant } from '../trace/assessments.ts';
import { blanksOf } from './blanks.ts';
import { impactParts, partOf } from './parts.ts';

const kind = registry.get('impact-assessment');
const said = (fields: Record<string, Json>) => blanksOf(wholeContent(fields)).map(({ says }) => says);

test('a whole assessment leaves nothing blank', () => {
  expect(blanksOf(wholeContent())).toEqual([]);
});

test('a text without a letter or a digit is blank: full stops complete no assessment', () => {
  const dotted = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((row) => dotted(row));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([cell, says]) => [cell, cell === 'reason' || cell === 'basis' ? '…' : says]),
    );
  };
  const whole = wholeContent();
  const saying = {
    context: '.',
    misuse: ' – ',
    conclusion: '!?',
    effects: dotted(whole.fields.effects ?? []),
  };
  const blanks = said(saying);
  expect(blanks).toContain('The context is blank.');
  expect(blanks).toContain('Foreseeable misuse is blank.');
  expect(blanks).toContain('The conclusion is blank.');
  for (const { label } of impactDimensions)
    expect(
      blanks.filter((says) => says.startsWith(`${label}: `)),
      label,
    ).not.toEqual([]);
  expect(said({ context: '予測 5' })).toEqual([]);
});

test('a fundamental rights assessment that is said to be done says what it found, and when', () => {
  const blanks = said({ fria: 'done', friaReason: null, friaPeriod: 'Daily', friaMeasures: '.' });
  expect(blanks).toEqual([
    'The fundamental rights assessment does not say in which processes the system is used.',
    'The fundamental rights assessment does not say how people oversee it.',
    'The fundamental rights assessment does not say what is done where a risk comes true.',
    'The fundamental rights assessment does not say on which day it was done.',
  ]);
});

test('an assessment with nothing in it names every part, each dimension by itself', () => {
  const blanks = blanksOf({ fields: {}, links: {} });
  expect(new Set(blanks.map(({ part }) => part))).toEqual(new Set(impactParts.map(({ id }) => id)));
  for (const { label } of impactDimensions)
    expect(blanks.map(({ says }) => says)).toContain(`${label} is not judged.`);
  for (const { field, says } of blanks) {
    expect(field in kind.fields || field in kind.relations, field).toBe(true);
    expect(says).toMatch(/^[A-Z].*\.$/);
  }
});

test('every field that is asked for stands in a part, and every part names fields of the kind', () => {
  for (const { fields } of impactParts)
    for (const field of fields) expect(Object.keys(kind.fields)).toContain(field);
  expect(partOf('safetyOwner')).toBe('annexes');
  expect(partOf('friaPeriod')).toBe('rights');
  expect(partOf('covers')).toBe('about');
});

test.each<[string, Record<string, Json>, string]>([
  ['context', { context: null }, 'The context is blank.'],
  ['intended use', { intendedUse: null }, 'The intended use is blank.'],
  ['misuse', { misuse: null }, 'Foreseeable misuse is blank.'],
  ['jurisdictions', { jurisdictions: [] }, 'No jurisdiction is named.'],
  ['jurisdictions', { jurisdictions: ['.', '-'] }, 'No jurisdiction is named.'],
  [
    'the day of a change',
    { proposedChange: 'A new model' },
    'The day on which the proposed change takes effect is blank.',
  ],
  ['groups', { affectedGroups: [{ size: 'Many' }] }, 'No affected group is named.'],
  [
    'one group of several',
    { affectedGroups: [{ group: 'Claimants', care: 'workers' }, { size: '3' }] },
    'A row of the affected groups names no group.',
  ],
  [
    'groups that need care',
    { affectedGroups: [{ group: 'Claimants' }] },
    'No group that needs particular care is named, and it is not said that any was looked for.',
  ],
  [
    'record of processing',
    { ropaReference: null },
    'No record of processing is named, and no reason is given.',
  ],
  ['data protection', { dpia: null }, 'It is not said how the data protection assessment stands.'],
  [
    'where it is',
    { dpiaReference: null },
    'The data protection assessment is done, and where it is stands nowhere.',
  ],
  [
    'why it is not due',
    { dpia: 'not-due', dpiaReason: null },
    'The data protection assessment is not due, and no reason is given in a sentence.',
  ],
  [
    'why it is not due, in words',
    { dpia: 'not-due', dpiaReason: 'N/A' },
    'The data protection assessment is not due, and no reason is given in a sentence.',
  ],
  ['who answers for privacy', { privacyOwner: null }, 'Nobody is named who answers for privacy.'],
  [
    'why no safety annex',
    { safetyReason: null },
    'The safety annex is not due, and no reason is given in a sentence.',
  ],
  ['who answers for safety', { safety: 'due' }, 'Nobody is named who answers for safety.'],
  ['who answers for security', { securityOwner: null }, 'Nobody is named who answers for security.'],
  ['fundamental rights', { fria: null }, 'It is not said how the fundamental rights assessment stands.'],
  [
    'why it is not due',
    { friaReason: null },
    'The fundamental rights assessment is not due, and no reason is given in a sentence.',
  ],
  ['consultation', { consulted: null }, 'It is not said whether affected people were consulted.'],
  ['who was consulted', { consultation: null }, 'Who was consulted, and what they said, is blank.'],
  [
    'why nobody was',
    { consulted: 'no', consultation: null },
    'Why affected people were not consulted is blank.',
  ],
  ['conclusion', { conclusion: null }, 'The conclusion is blank.'],
  ['what remains', { remainingSeverity: null }, 'The severity that remains is blank.'],
  ['the assessor', { owner: null }, 'Nobody is named who runs the assessment.'],
  ['the day', { assessedOn: null }, 'The day of the assessment is blank.'],
  ['retention', { retention: null }, 'How long it is kept is blank.'],
])('%s', (_, fields, says) => {
  expect(said(fields)).toEqual([says]);
});

test.each<[string, Record<string, Json>]>([
  ['that groups were looked for', { affectedGroups: [{ group: 'Claimants' }], careSought: 'yes' }],
  ['why there is no record of processing', { ropaReference: null, ropaReason: 'No personal data' }],
  ['a day until which it is kept', { retention: null, keepUntil: '2036' }],
  ['an assessment that is due, with who answers for it', { dpia: 'due', dpiaReference: null }],
  ['that nobody has decided yet: that is said, and the line asks', { fria: 'not-decided', friaReason: null }],
])('is enough: %s', (_, fields) => {
  expect(said(fields)).toEqual([]);
});

describe('use cases', () => {
  test('one at least is named', () => {
    expect(blanksOf(wholeContent({}, {}))).toEqual([
      { part: 'about', field: 'covers', says: 'No use case is named.' },
    ]);
  });
  test('several need a reason, and with it stand', () => {
    const links = { covers: ['uc-1', 'uc-2'] };
    expect(blanksOf(wholeContent({}, links))).toEqual([
      {
        part: 'about',
        field: 'togetherReason',
        says: 'Several use cases are covered together, and no reason is given.',
      },
    ]);
    expect(blanksOf(wholeContent({ togetherReason: 'One desk, one model' }, links))).toEqual([]);
  });
});

describe('a dimension', () => {
  const blank = (...rows: readonly Record<string, Json>[]) =>
    blanksOf(withEffects('financial', ...rows)).map(({ part, says }) => `${part}: ${says}`);
  const level = 'individuals';
  const noBenefit = { level, polarity: 'no-benefit', reason: 'None gains money' };
  const noHarm = { level, polarity: 'no-harm', reason: 'None loses money' };

  test('is judged by a row, not by silence', () => {
    expect(blank()).toEqual(['financial: Financial consequences is not judged.']);
    expect(blank({ level })).toEqual([
      'financial: Financial consequences: whether the effect is good or bad is blank.',
    ]);
  });
  test('no effect needs its reason', () => {
    expect(blank({ level, polarity: 'none' })).toEqual([
      'financial: Financial consequences: the reason, in a sentence, is blank.',
    ]);
    for (const reason of [' ', '.', 'n/a', 'TBD'])
      expect(blank({ level, polarity: 'none', reason }), reason).toHaveLength(1);
    expect(blank({ level, polarity: 'none', reason: 'No money moves' })).toEqual([]);
  });
  test('a harm says everything, what remains included', () => {
    expect(blank({ level, polarity: 'harmful', effect: 'Loss of cover' }, noBenefit)).toEqual([
      'financial: Financial consequences: severity, likelihood, reach, basis, reversibility, measures, what remains are blank.',
    ]);
    const { dimension: _, ...whole } = harm;
    expect(blank(whole, noBenefit)).toEqual([]);
    for (const cell of ['severity', 'likelihood', 'reach', 'basis', 'reversibility', 'measures', 'remaining'])
      expect(blank({ ...whole, [cell]: '' }, noBenefit)).toHaveLength(1);
  });
  test('a benefit needs no measures', () => {
    const benefit = { effect: 'Paid sooner', severity: 'minor', likelihood: 'likely', reach: 'group' };
    expect(blank({ level, polarity: 'beneficial', ...benefit }, noHarm)).toEqual([
      'financial: Financial consequences: basis is blank.',
    ]);
    expect(blank({ level, polarity: 'beneficial', ...benefit, basis: 'Days to pay' }, noHarm)).toEqual([]);
  });
  test('benefit and harm are judged each by itself', () => {
    const { dimension: _, ...whole } = harm;
    expect(blank(whole, { level, polarity: 'beneficial', effect: 'Paid sooner' })).toHaveLength(1);
  });
  test('both are asked: where one is found, the other is named or said why not', () => {
    const { dimension: _, ...whole } = harm;
    expect(blank(whole)).toEqual([
      'financial: Financial consequences: no benefit is named, nor why there is none.',
    ]);
    expect(blank(noHarm)).toEqual([
      'financial: Financial consequences: no benefit is named, nor why there is none.',
    ]);
    expect(blank(noBenefit)).toEqual([
      'financial: Financial consequences: no harm is named, nor why there is none.',
    ]);
    expect(blank(noHarm, noBenefit)).toEqual([]);
    expect(blank(noHarm, { ...noBenefit, reason: 'ok' })).toEqual([
      'financial: Financial consequences: the reason, in a sentence, is blank.',
    ]);
  });
  test('“neither” beside a harm speaks of others, and says nothing of benefit', () => {
    const { dimension: _, ...whole } = harm;
    const neither = { level: 'groups', polarity: 'none', reason: 'No group is sorted apart' };
    expect(blank(neither)).toEqual([]);
    expect(blank(whole, neither)).toHaveLength(1);
    expect(blank(whole, neither, noBenefit)).toEqual([]);
  });
  test('who bears it fits: persons and groups on one side, society on the other', () => {
    const none = { polarity: 'none', reason: 'Nobody pays or gets money' };
    expect(blank(none)).toEqual(['financial: Financial consequences: who bears it is blank.']);
    expect(blank({ ...none, level: 'society' })).toEqual([
      'financial: Financial consequences: who bears it does not fit the dimension.',
    ]);
    expect(blanksOf(withEffects('culture', { ...none, level: 'groups' })).map(({ part }) => part)).toEqual([
      'culture',
    ]);
  });
});

test('what was filled in from elsewhere waits for a person, part by part', () => {
  const blanks = blanksOf(wholeContent({ toConfirm: ['intended-use', 'context'] }));
  expect(blanks).toEqual([
    {
      part: 'about',
      field: 'context',
      says: 'Context was filled in from elsewhere and nobody confirmed it.',
    },
    {
      part: 'about',
      field: 'intendedUse',
      says: 'Intended use was filled in from elsewhere and nobody confirmed it.',
    },
  ]);
});

test('what remains is not worse than the effect without its measures', () => {
  const judged = (severity: string, remaining: string) =>
    blanksOf(withEffects('fairness', { ...harm, severity, remaining }))
      .map(({ says }) => says)
      .filter((says) => says.includes('worse'));
  expect(judged('minor', 'severe')).toEqual([
    'Fairness: what remains is worse than the effect without its measures.',
  ]);
  expect(judged('serious', 'serious')).toEqual([]);
});

test('a harm is significant by the worse of its two severities', () => {
  expect(isSignificant({ severity: 'minor', remaining: 'severe' })).toBe(true);
  expect(isSignificant({ severity: 'serious', remaining: 'minor' })).toBe(true);
  expect(isSignificant({ severity: 'minor', remaining: 'minor' })).toBe(false);
});
