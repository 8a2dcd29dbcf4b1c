import { describe, expect, test } from 'vitest';
import { registry } from './all.ts';
import { endingLacks, lawBinds } from './law.ts';
import { isBinding, lessAsked, type Stood, stillBinding } from './two-hands.ts';

const obligation = registry.get('obligation');
const today = '2026-11-21';
type Fields = Readonly<Record<string, string>>;
type Links = Readonly<Record<string, readonly string[]>>;

const law = (fields: Fields = {}, links: Links = {}) => ({
  fields: { name: 'Tell people', source: 'law', ...fields },
  links,
});
const stood = (content: Stood['content'], state = 'taken-on', archived = false): Stood => ({
  content,
  state,
  archived,
});
const lost = (before: Stood, next: Stood['content']) =>
  lessAsked(obligation, before, next, today).map(({ at }) => at);

describe('law asks for less', () => {
  const [one, two] = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222'];

  test.each<[string, Stood['content'], Stood['content'], string[]]>([
    [
      'put off',
      law({ appliesFrom: '2026-08-02' }),
      law({ appliesFrom: '2099-01-01' }),
      ['fields.appliesFrom'],
    ],
    [
      'put off by a wider day',
      law({ appliesFrom: '2026-08' }),
      law({ appliesFrom: '2026-Q4' }),
      ['fields.appliesFrom'],
    ],
    [
      'put off, both days past',
      law({ appliesFrom: '2024' }),
      law({ appliesFrom: '2025' }),
      ['fields.appliesFrom'],
    ],
    [
      'given a day to come, without one before',
      law(),
      law({ appliesFrom: '2026-11-22' }),
      ['fields.appliesFrom'],
    ],
    ['without its item', law({ item: 'OB-4' }), law(), ['fields.item']],
    ['with another item', law({ item: 'OB-4' }), law({ item: 'OB-5' }), ['fields.item']],
    ['no duty to inform any more', law({ duty: 'inform' }), law({ duty: 'other' }), ['fields.duty']],
    ['as a wish of the house', law(), law({ source: 'house' }), ['fields.source']],
    [
      'without the words that say which law it is and what it asks',
      law({ act: 'Works act', provision: 'Section 3', content: 'Tell the works council before use.' }),
      law({ content: 'ok' }),
      ['fields.act', 'fields.provision', 'fields.content'],
    ],
    [
      'without a control',
      law({}, { controls: [one, two] }),
      law({}, { controls: [two] }),
      ['links.controls'],
    ],
    ['with another control', law({}, { controls: [one] }), law({}, { controls: [two] }), ['links.controls']],
    [
      'of one system less',
      law({}, { concerns: [one, two] }),
      law({}, { concerns: [two] }),
      ['links.concerns'],
    ],
    ['of no system', law({}, { system: [one] }), law(), ['links.system']],
    ['of another system', law({}, { system: [one] }), law({}, { system: [two] }), ['links.system']],
    ['of no use', law({}, { useCase: [one] }), law(), ['links.useCase']],
    ['of one system, and of all before', law(), law({}, { system: [one] }), ['links.system']],
    ['of one use, and of all before', law(), law({}, { useCase: [one] }), ['links.useCase']],
    [
      'in several ways, each by its part',
      law({ item: 'OB-4' }, { controls: [one], concerns: [one] }),
      law(),
      ['fields.item', 'links.controls', 'links.concerns'],
    ],
  ])('%s', (_, before, next, parts) => {
    for (const state of ['taken-on', 'open', 'declined'])
      expect(lost(stood(before, state), next)).toEqual(parts);
    // What was ended or archived asks nothing, and comes back as it is written then.
    expect(lost(stood(before, 'ended'), next)).toEqual([]);
    expect(lost(stood(before, 'taken-on', true), next)).toEqual([]);
    const wish = (of: Stood['content']) => ({ ...of, fields: { ...of.fields, source: 'house' } });
    expect(lost(stood(wish(before)), wish(next))).toEqual([]);
  });

  test.each<[string, Stood['content'], Stood['content']]>([
    ['an earlier day', law({ appliesFrom: '2026-08-02' }), law({ appliesFrom: '2026-02-02' })],
    ['a day that has come, without one before', law(), law({ appliesFrom: today })],
    ['no day', law({ appliesFrom: '2027' }), law()],
    ['a last day and why', law(), law({ appliesTo: '2020', endReason: 'It was repealed.' })],
    ['a first item, duty and control', law(), law({ item: 'OB-4', duty: 'inform' }, { controls: [one] })],
    [
      'another sentence',
      law({ act: 'Work act', content: 'Tell the works counsel before use.' }),
      law({ act: 'Works act', content: 'Tell the works council before each use.' }),
    ],
    ['other words', law({ content: 'To tell' }), law({ content: 'To tell them', howMet: 'By a notice' })],
    ['its own system named as concerned', law({}, { system: [one] }), law({}, { concerns: [one] })],
    [
      'what is seen to with another',
      law({}, { refersTo: [one], metBy: [one] }),
      law({}, { refersTo: [two] }),
    ],
  ])('and not by %s', (_, before, next) => {
    expect(lost(stood(before), next)).toEqual([]);
  });

  test('in words that say the way', () => {
    const [item] = lessAsked(obligation, stood(law({ item: 'OB-4' })), law(), today);
    expect(item?.message).toMatch(
      /^Item of the catalogue: law asks for no less .* somebody else takes “End”\./,
    );
  });
});

test('law of which one person said the end is said to bind until another one ends it', () => {
  const said = (fields: Fields, state?: string) => stillBinding(obligation, stood(law(fields), state));
  expect(said({})).toBeUndefined();
  expect(said({ endReason: 'It was repealed.' })).toContain('binds as it stands');
  expect(said({ appliesTo: '2026-10-31' })).toContain('binds as it stands');
  expect(said({ appliesTo: '2026-10-31' }, 'ended')).toBeUndefined();
  expect(said({ source: 'house', appliesTo: '2026-10-31' })).toBeUndefined();
});

test.each([
  ['law', 'taken-on', true],
  ['law', 'open', true],
  ['law', 'declined', true],
  ['law', 'ended', false],
  ['house', 'taken-on', false],
])('a requirement of %s that is %s binds: %s', (source, state, binds) => {
  expect(lawBinds(law({ source }), state)).toBe(binds);
  expect(isBinding(obligation, stood(law({ source }), state))).toBe(binds);
  expect(isBinding(obligation, stood(law({ source }), state, true))).toBe(false);
  expect(isBinding(registry.get('risk'), stood(law({ source }), state))).toBe(false);
});

test.each([
  ['law', { appliesTo: '2026-11-22', endReason: 'It was repealed by another act.' }, /still to come/],
  ['law', { appliesTo: '2026', endReason: 'It was repealed by another act.' }, /still to come/],
  ['law', { appliesTo: '2026-11-21' }, /^Say in “Why it ended”/],
  ['law', { appliesTo: '2026-11-21', endReason: 'ok' }, /^Say in “Why it ended”/],
  ['law', { appliesTo: '2026-11-21', endReason: 'It was repealed by another act.' }, undefined],
  ['contract', { appliesTo: '2027' }, undefined],
])('what a requirement of %s with %j lacks to be ended: %s', (source, fields, says) => {
  const lacks = endingLacks(law({ source, ...fields }), today);
  if (says === undefined) expect(lacks).toBeUndefined();
  else expect(lacks).toMatch(says);
});
