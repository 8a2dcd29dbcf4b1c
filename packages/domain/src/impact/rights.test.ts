import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { harm, wholeContent } from '../../test/impact/whole.ts';
import type { Json } from '../json.ts';
import { type ClassNow, type RightsFacts, rightsOf } from './rights.ts';

const names = new Map(loadCatalogue().euAiAct.fria_art_27.elements.map(({ id, name }) => [id, name]));
const aClass = (outcomes: readonly string[], ref = 'CLS-1'): ClassNow => ({
  id: ref.toLowerCase(),
  ref,
  fields: { outcomes: [...outcomes] },
  links: {},
});
const due = aClass(['high-risk-annex-iii', 'fria-required']);
const facts: RightsFacts = {
  classes: [due],
  unclassified: [],
  usedSince: '2027-12-10',
  today: '2028-01-01',
  recordedOn: '2027-11-01',
  names,
};
const more: Record<string, Json> = {
  fria: 'done',
  friaReason: null,
  friaProcesses: 'First look at benefit claims',
  friaPeriod: 'Daily, from December 2027 on',
  friaOversight: 'A clerk confirms each outcome',
  friaMeasures: 'The desk lead stops it; complaints go to the ombuds office',
  friaOn: '2027-11-20',
  friaNotifiedOn: '2027-11-25',
  friaAuthority: 'Market surveillance authority',
};
const view = (fields: Record<string, Json> = {}, change: Partial<RightsFacts> = {}) =>
  rightsOf(wholeContent({ ...more, ...fields }), { ...facts, ...change });
const missing = (found: ReturnType<typeof view>) =>
  [...found.elements, ...found.acts].filter(({ there }) => !there).map(({ id }) => id);

test('with all six elements, before first use and notified, nothing is missing', () => {
  const found = view();
  expect(found).toMatchObject({ due: 'yes', because: 'CLS-1 finds that it is required.', gaps: 0 });
  expect(found.elements.map(({ id, name }) => [id, name])).toEqual([...names]);
});

test('what the impact assessment holds is reused, and what the law asks beyond it is named', () => {
  const found = rightsOf(wholeContent(), facts);
  expect(missing(found)).toEqual(['a', 'b', 'e', 'f', 'before-use', 'notified']);
  expect(found.gaps).toBe(6);
  expect(found.elements.find(({ id }) => id === 'c')?.says).toBe('1 group from the impact assessment.');
  expect(found.elements.find(({ id }) => id === 'd')?.says).toBe(
    '2 harms to persons and groups from the impact assessment.',
  );
});

test.each([
  ['friaProcesses', 'a'],
  ['friaPeriod', 'b'],
  ['affectedGroups', 'c'],
  ['effects', 'd'],
  ['friaOversight', 'e'],
  ['friaMeasures', 'f'],
  ['friaOn', 'before-use'],
  ['friaNotifiedOn', 'notified'],
  ['friaAuthority', 'notified'],
])('without %s the gap is %s', (field, id) => {
  expect(missing(view({ [field]: null }))).toEqual([id]);
});

test.each([
  ['friaProcesses', 'a'],
  ['friaPeriod', 'b'],
  ['friaOversight', 'e'],
  ['friaMeasures', 'f'],
])('"ok" as %s says nothing of %s', (field, id) => {
  const found = view({ [field]: 'ok' });
  expect(missing(found)).toEqual([id]);
  expect(found.elements.find((one) => one.id === id)?.says).toBe(
    'Asked beyond the impact assessment, and not said in a sentence.',
  );
});

test('harm to society alone is no harm to persons', () => {
  expect(missing(view({ effects: [{ ...harm, level: 'society' }] }))).toEqual(['d']);
});

describe('before first use', () => {
  const act = (fields: Record<string, Json>, usedSince: string | null) => view(fields, { usedSince }).acts[0];
  test('is done earlier, on the day, or in the month of it', () => {
    expect(act({ friaOn: '2027-12-10' }, '2027-12-10')?.there).toBe(true);
    expect(act({ friaOn: '2027-12' }, '2027-12-10')?.there).toBe(true);
    expect(act({ friaOn: '2027-11-20' }, null)).toMatchObject({
      there: true,
      says: 'Done on 20 Nov 2027; no use has begun.',
    });
  });
  test('a day that is still to come is not done, whatever has begun', () => {
    expect(act({ friaOn: '2028-01-02' }, null)).toMatchObject({
      there: false,
      says: '2 Jan 2028 is still to come.',
    });
    expect(missing(view({ friaNotifiedOn: '2028-02-01' }))).toEqual(['notified']);
  });
  test('afterwards is late, and says both days', () => {
    expect(act({ friaOn: '2027-12-11' }, '2027-12-10')).toMatchObject({
      there: false,
      says: 'Done on 11 Dec 2027; in use since 10 Dec 2027.',
    });
  });
});

describe('a day before the assessment was on record', () => {
  const saysOn = (friaOn: string, usedSince: string | null) =>
    view({ friaOn }, { recordedOn: '2027-11-23', usedSince }).acts[0]?.says;
  test('is said with the day on which it was entered', () => {
    expect(saysOn('2027-11-22', '2027-12-10')).toBe(
      'Done on 22 Nov 2027; in use since 10 Dec 2027. Entered afterwards, on 23 Nov 2027.',
    );
    expect(saysOn('2027-10', null)).toBe(
      'Done on Oct 2027; no use has begun. Entered afterwards, on 23 Nov 2027.',
    );
  });
  test('the same day, or its month, is not before it', () => {
    expect(saysOn('2027-11-23', null)).toBe('Done on 23 Nov 2027; no use has begun.');
    expect(saysOn('2027-11', null)).toBe('Done on Nov 2027; no use has begun.');
  });
});

describe('notification', () => {
  const act = (fields: Record<string, Json>) => view(fields).acts[1];
  test('says the authority, the day and the receipt', () => {
    expect(act({})?.says).toBe('Market surveillance authority, on 25 Nov 2027; no receipt is on record.');
    expect(act({ friaReceipt: 'A-77' })?.says).toBe(
      'Market surveillance authority, on 25 Nov 2027, receipt A-77.',
    );
  });
  test('is asked where the reason is no sentence', () => {
    expect(act({ friaNotifiedOn: null, friaAuthority: null, friaNotNotified: 'ok' })).toMatchObject({
      there: false,
      says: 'Why no authority is notified is not said in a sentence.',
    });
  });
  test('is not asked where a reason stands', () => {
    expect(
      act({ friaNotifiedOn: null, friaAuthority: null, friaNotNotified: 'Case of Article 46(1)' })?.there,
    ).toBe(true);
  });
});

describe('whether it is due', () => {
  const answer = (fields: Record<string, Json>, change: Partial<RightsFacts>) => {
    const { due: is, because, gaps } = view(fields, change);
    return { due: is, because, gaps };
  };
  test('is not, where every class is final and none asks for it: then nothing is missing', () => {
    expect(answer({ fria: 'not-due', friaPeriod: null }, { classes: [aClass(['minimal'])] })).toEqual({
      due: 'no',
      because: 'CLS-1 does not ask for it.',
      gaps: 0,
    });
  });
  test('is unknown while a use has no class, or an undetermined one', () => {
    expect(answer({}, { classes: [], unclassified: ['UC-2'] })).toMatchObject({
      due: 'unknown',
      because: 'UC-2: no class in law is on record.',
    });
    expect(answer({}, { classes: [aClass(['undetermined'])] }).due).toBe('unknown');
    expect(answer({}, { classes: [aClass([])] }).because).toBe('CLS-1 is undetermined.');
    expect(answer({}, { classes: [] }).because).toBe('No use case is named.');
  });
  test('one class that asks for it is enough, and so is the assessment saying so', () => {
    expect(answer({}, { classes: [aClass(['minimal']), due], unclassified: ['UC-3'] }).due).toBe('yes');
    expect(answer({ fria: 'due' }, { classes: [aClass(['minimal'])] })).toMatchObject({
      due: 'yes',
      because: 'The assessment says that it is due.',
    });
  });
});
