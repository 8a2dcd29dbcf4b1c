import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { notKnown } from './answer-text.ts';
import { notKnownIn, readAnswers, valuesOf } from './answers.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const { facts } = catalogue.euAiAct;
const { annexIII } = ruleSetOf(catalogue);
const read = (sent: Readonly<Record<string, unknown>>) => readAnswers(facts, annexIII, sent);

test.each([
  [-1, '-1 is below zero. Answer with a number of at least zero, such as 1e25.'],
  [1e300, '1e+300 is more than any training has taken. Answer with at most 1e30, such as 1e25.'],
  ['1e25', 'Answer with a number, such as 1e25.'],
])('training with %s operations is refused, and says why', (training_flop, says) => {
  expect(refused({ training_flop })).toEqual({ 'answers.training_flop': says });
});

/** What is said about each answer that is refused, by its place. */
function refused(sent: Readonly<Record<string, unknown>>): Record<string, string> {
  try {
    read(sent);
  } catch (error) {
    if (error instanceof DomainError)
      return Object.fromEntries(error.items.map(({ at, message }) => [at, message]));
    throw error;
  }
  throw new Error('It was taken');
}

test('an answer that is left out, null or an empty list is no answer', () => {
  const answers = read({ meets_ai_definition: true, eu_nexus: [], exclusions: null });
  expect([...answers]).toEqual([['meets_ai_definition', true]]);
  expect(read({})).toEqual(new Map());
});

test('a false is an answer', () => {
  expect(read({ meets_ai_definition: false }).get('meets_ai_definition')).toBe(false);
});

test('answers of the wrong type are refused, each by its fact', () => {
  const said = refused({
    meets_ai_definition: 'yes',
    eu_nexus: 'none',
    annex_i_act: 'A1',
    training_flop: -1,
    placed_on_market_on: '2026-02-30',
    colour: 'blue',
  });
  expect(Object.keys(said).sort()).toEqual([
    'answers.annex_i_act',
    'answers.colour',
    'answers.eu_nexus',
    'answers.meets_ai_definition',
    'answers.placed_on_market_on',
    'answers.training_flop',
  ]);
  expect(said['answers.meets_ai_definition']).toBe('Answer with true or false.');
  expect(said['answers.colour']).toContain('is not asked by these rules');
});

test('numbers that are none are refused', () => {
  for (const training_flop of [Number.NaN, Number.POSITIVE_INFINITY, '1e25'])
    expect(refused({ training_flop })).toHaveProperty(['answers.training_flop']);
  expect(read({ training_flop: 0 }).get('training_flop')).toBe(0);
});

test('a day is needed whole, or as one of the words that stand for none', () => {
  expect(read({ placed_on_market_on: 'not_yet' }).get('placed_on_market_on')).toBe('not_yet');
  expect(refused({ placed_on_market_on: 'no_change' })).toHaveProperty(['answers.placed_on_market_on']);
  expect(refused({ placed_on_market_on: '2026-08' })['answers.placed_on_market_on']).toContain('whole day');
});

test('values come from the fact, from Annex III, and with none', () => {
  const points = facts.find((fact) => fact.id === 'annex_iii_points');
  if (!points) throw new Error('The rules ask for points of Annex III');
  expect(valuesOf(points, annexIII)).toEqual([...annexIII, 'none']);
  expect(read({ annex_iii_points: ['III.5.b'] }).get('annex_iii_points')).toEqual(['III.5.b']);
  expect(refused({ annex_iii_points: ['III.9'] })['answers.annex_iii_points']).toContain(
    '"III.9" is none of',
  );
  expect(refused({ roles: ['provider', 'provider'] })['answers.roles']).toBe('A value is named twice.');
  expect(refused({ roles: [{}] })).toHaveProperty(['answers.roles']);
});

test('not known yet is taken for every question and is no answer; among several values it is none', () => {
  const sent = Object.fromEntries(facts.map(({ id }) => [id, notKnown]));
  expect(read(sent).size).toBe(0);
  expect([...notKnownIn(sent)]).toEqual(facts.map(({ id }) => id));
  expect([...notKnownIn({ roles: null, meets_ai_definition: true })]).toEqual([]);
  expect(refused({ roles: [notKnown], bananas: notKnown })).toHaveProperty(['answers.bananas']);
  expect(refused({ roles: [notKnown] })).toHaveProperty(['answers.roles']);
});
