import { expect, test } from 'vitest';
import { testKind } from '../../kinds/test-kind.ts';
import { readDraft } from './draft.ts';
import { askedFields, missingOf, newPatch, patchOf, refusedOf } from './form-state.ts';

const ref = (id: string) => ({ id, ref: `MDL-${id}`, kind: 'model', title: id, state: 'in-use' });
const before = { fields: { name: 'A', purpose: 'Old', worst: 'low' }, links: { usesModel: [ref('1')] } };

test('a patch holds what differs: values set and cleared, links added and taken away', () => {
  const now = { fields: { name: 'A', purpose: '', unit: 'Legal' }, links: { usesModel: [ref('2')] } };
  expect(patchOf(testKind, before, now)).toEqual({
    fields: { purpose: null, unit: 'Legal' },
    links: { usesModel: { add: ['2'], remove: ['1'] } },
  });
});

test('nothing changed is no patch, and what is worked out is never sent', () => {
  expect(patchOf(testKind, before, before)).toBeUndefined();
  expect(
    patchOf(testKind, before, { ...before, fields: { ...before.fields, worst: 'high' } }),
  ).toBeUndefined();
});

test('blank entries of lists and empty rows are left out', () => {
  const now = {
    fields: { name: 'A', markets: ['Ireland', ' ', ''], effects: [{}, { effect: 'Longer wait' }] },
    links: {},
  };
  expect(newPatch(testKind, now).fields).toEqual({
    name: 'A',
    markets: ['Ireland'],
    effects: [{ effect: 'Longer wait' }],
  });
});

test('a new record sets its links whole and names its first state where one was chosen', () => {
  const made = newPatch(testKind, { fields: { name: 'A' }, links: { usesModel: [ref('2')] }, state: 'live' });
  expect(made).toEqual({ fields: { name: 'A' }, links: { usesModel: { set: ['2'] } }, state: 'live' });
});

test('asks at first for what is needed and for the owner', () => {
  expect(askedFields(testKind)).toEqual(['name', 'owner']);
});

test('says what is missing, by field', () => {
  expect(missingOf(testKind, { fields: {}, links: {} })).toEqual([
    { id: 'part-name', label: 'Name', message: 'Name is needed.' },
  ]);
});

test("brings the server's refusals to their fields", () => {
  expect(refusedOf(testKind, [{ at: 'fields.nextReview', message: 'This is not a date.' }])).toEqual([
    { id: 'part-nextReview', label: 'Next review', message: 'This is not a date.' },
  ]);
  expect(refusedOf(testKind, [{ at: 'because', message: 'Say why, in a sentence.' }])).toEqual([
    { id: 'part-because', label: 'Because of', message: 'Say why, in a sentence.' },
  ]);
});

test('a kept draft comes back as it was; what is none is dropped', () => {
  const draft = { fields: { name: 'A' }, links: { usesModel: [ref('1')] }, at: '2026-11-02T10:00:00Z' };
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  expect(readDraft('')).toBeNull();
  expect(readDraft('{"fields":1}')).toBeNull();
});
