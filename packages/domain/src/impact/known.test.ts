import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import { decideEdit, emptyContent } from '../kinds/edit.ts';
import { confirmableParts } from '../kinds/vocabulary/impact.ts';
import { confirmId, waitingFields } from './confirm.ts';
import { filledIn, knownOf, type Source, type Sources } from './known.ts';

const source = (ref: string, fields: Record<string, Json>, links: Source['links'] = {}): Source => ({
  id: ref.toLowerCase(),
  ref,
  fields,
  links,
});
const useCase = source('UC-1', {
  purpose: 'Sort claims by urgency',
  context: 'Front office of claims',
  foreseeableMisuse: 'Taken for a judgement on honesty',
  affectedPersons: 'Claimants; handlers of claims.\nbrokers',
  benefits: 'Urgent claims are seen first',
  humanOversight: 'A handler confirms each order',
  personalData: 'no',
});
const system = source('SYS-1', { purpose: 'Claims triage', markets: ['Ireland', 'Germany'] });
const dataset = source('DAT-1', { personalData: 'no' });
const aClass = (outcomes: readonly string[], of = 'uc-1', ref = 'CLS-1') =>
  source(ref, { outcomes: [...outcomes] }, { useCase: [of] });
const sources = (change: Partial<Sources> = {}): Sources => ({
  useCases: [useCase],
  system,
  datasets: [dataset],
  classes: [aClass(['minimal'])],
  ...change,
});
const known = (change: Partial<Sources> = {}) =>
  Object.fromEntries(knownOf(sources(change)).map(({ field, value }) => [field, value]));
const from = (field: string, change: Partial<Sources> = {}) =>
  knownOf(sources(change)).find((one) => one.field === field)?.from;

test('what use case, system, data and classification say becomes what is known, with where it stands', () => {
  expect(known()).toEqual({
    context: 'Front office of claims',
    intendedUse: 'Sort claims by urgency',
    misuse: 'Taken for a judgement on honesty',
    affectedGroups: [{ group: 'Claimants' }, { group: 'handlers of claims' }, { group: 'brokers' }],
    jurisdictions: ['Ireland', 'Germany'],
    benefits: 'Urgent claims are seen first',
    dpia: 'not-due',
    dpiaReason: 'No personal data, as UC-1, DAT-1 say.',
    fria: 'not-due',
    friaReason: 'CLS-1: Article 27 is not among what follows.',
    friaProcesses: 'Front office of claims',
    friaOversight: 'A handler confirms each order',
  });
  expect(from('jurisdictions')).toEqual(['sys-1']);
  expect(from('dpia')).toEqual(['uc-1', 'dat-1']);
});

test('all that is known can be kept', () => {
  const kind = registry.get('impact-assessment');
  const { fields } = filledIn(emptyContent, knownOf(sources()));
  const { derived: _, ...rest } = { ...fields, derived: null };
  const links = { system: { set: ['0199aaaa-0000-7000-8000-000000000009'] } };
  const targets = new Map([['0199aaaa-0000-7000-8000-000000000009', { kind: 'system', archived: false }]]);
  const { next } = decideEdit(kind, emptyContent, { fields: { name: 'x', ...rest }, links }, targets);
  expect(Object.keys(next.fields)).toEqual(expect.arrayContaining(Object.keys(fields)));
});

test('nothing is known of nothing', () => {
  expect(knownOf({ useCases: [], system: null, datasets: [], classes: [] })).toEqual([]);
});

test('several uses say each their own, under their refs', () => {
  const other = source('UC-2', { purpose: 'Spot fraud', affectedPersons: 'Claimants' });
  expect(known({ useCases: [useCase, other] })).toMatchObject({
    intendedUse: 'UC-1: Sort claims by urgency\n\nUC-2: Spot fraud',
    affectedGroups: [{ group: 'Claimants' }, { group: 'handlers of claims' }, { group: 'brokers' }],
  });
});

test('a text longer than the field takes is cut, and shows that it is', () => {
  const long = source('UC-1', { purpose: 'Sorts letters. '.repeat(600) });
  const text = String(known({ useCases: [long] }).intendedUse);
  expect(text).toHaveLength(4000);
  expect(text.endsWith('…')).toBe(true);
});

test('without a context of the use, the purpose of the system is one', () => {
  const bare = source('UC-1', { purpose: 'Sort claims' });
  expect(known({ useCases: [bare] }).context).toBe('Claims triage');
  expect(from('context', { useCases: [bare] })).toEqual(['sys-1']);
});

describe('silence is no answer', () => {
  test('on personal data: one that does not say so leaves it open', () => {
    for (const personalData of ['yes', 'not-stated', null])
      expect(known({ datasets: [source('DAT-1', { personalData })] })).not.toHaveProperty('dpia');
    expect(known({ useCases: [source('UC-1', {})], datasets: [] })).not.toHaveProperty('dpia');
  });
  test('on fundamental rights: a use without a final class leaves it open', () => {
    expect(known({ classes: [] })).not.toHaveProperty('fria');
    expect(known({ classes: [aClass(['undetermined'])] })).not.toHaveProperty('fria');
    expect(known({ classes: [aClass([])] })).not.toHaveProperty('fria');
    expect(known({ classes: [aClass(['minimal'], 'uc-9')] })).not.toHaveProperty('fria');
  });
  test('one class that asks for it makes it due', () => {
    const classes = [
      aClass(['undetermined'], 'uc-1', 'CLS-2'),
      aClass(['high-risk-annex-iii', 'fria-required']),
    ];
    expect(known({ classes }).fria).toBe('due');
    expect(from('fria', { classes })).toEqual(['cls-1']);
  });
});

describe('filling in', () => {
  test('takes blank fields alone, and all of them wait for a person', () => {
    const before = { fields: { context: 'Own words', toConfirm: ['benefits'] }, links: {} };
    const { fields, toConfirm } = filledIn(before, knownOf(sources()));
    expect(fields).not.toHaveProperty('context');
    expect(fields).toMatchObject({ intendedUse: 'Sort claims by urgency', dpia: 'not-due' });
    expect(toConfirm).toContain('benefits');
    expect(toConfirm).toContain('intended-use');
    expect(toConfirm).not.toContain('context');
  });
  test('a reason comes with its state, and never to a state that a person set', () => {
    const { fields, toConfirm } = filledIn({ fields: { dpia: 'due' }, links: {} }, knownOf(sources()));
    expect(fields).not.toHaveProperty('dpiaReason');
    expect(fields).toHaveProperty('friaReason');
    expect(toConfirm).toContain('fria');
    expect(toConfirm).not.toContain('dpia');
  });
  test('a second time brings nothing new', () => {
    const first = filledIn(emptyContent, knownOf(sources()));
    const then = { fields: { ...first.fields, toConfirm: [...first.toConfirm] }, links: {} };
    expect(filledIn(then, knownOf(sources()))).toEqual({ fields: {}, toConfirm: first.toConfirm });
  });
});

describe('what waits for confirmation', () => {
  const { fields } = registry.get('impact-assessment');
  test('is a field of the assessment, under its own label', () => {
    for (const { id, label } of confirmableParts) {
      const [field = ''] = waitingFields({ fields: { toConfirm: [id] }, links: {} });
      expect(fields[field]?.label).toBe(label);
      expect(confirmId(field)).toBe(id);
    }
  });
  test('is everything that can be filled in, but for reasons', () => {
    const { toConfirm } = filledIn(emptyContent, knownOf(sources()));
    expect([...toConfirm].sort()).toEqual(confirmableParts.map(({ id }) => id).sort());
  });
});
