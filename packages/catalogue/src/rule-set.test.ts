import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CatalogueError } from './errors.ts';
import { dataDirectory } from './generated.ts';
import { loadCatalogue } from './load.ts';
import { readRuleSet } from './rule-set.ts';

const catalogue = loadCatalogue();
const text = readFileSync(`${dataDirectory}eu-ai-act.yaml`, 'utf8');
const law = catalogue.euAiAct;
const read = (changed: unknown) => readRuleSet(JSON.stringify(changed), catalogue);
const problemsOf = (attempt: () => unknown): readonly string[] => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof CatalogueError) return error.problems.map((one) => `${one.path}: ${one.message}`);
    throw error;
  }
  return [];
};

test('the file that this release ships reads as the rules that it runs, as YAML and as JSON', () => {
  expect(readRuleSet(text, catalogue)).toEqual(law);
  expect(read(law)).toEqual(law);
});

test('another version with another day is read as such', () => {
  const next = { ...law, meta: { ...law.meta, rule_set_version: '2027-01-10.1' } };
  expect(read(next).meta.rule_set_version).toBe('2027-01-10.1');
});

test.each([
  ['no YAML', '{"a": [', ''],
  ['no rule set', 'hello', ''],
  ['nothing', '', ''],
  ['keys that stand twice', 'a: 1\na: 2', ''],
])('text that is %s is refused', (_name, sent) => {
  expect(problemsOf(() => readRuleSet(sent, catalogue)).length).toBeGreaterThan(0);
});

test('a rule that asks for what nobody is asked is refused by its place', () => {
  const [first, ...rest] = law.rules;
  const changed = { ...law, rules: [{ ...first, when: { is: 'no_such_fact' } }, ...rest] };
  expect(problemsOf(() => read(changed)).join()).toContain(`rules.${first?.id}.when`);
});

test('conditions that stand on themselves are refused, each of them and no other', () => {
  const conditions = {
    ...law.conditions,
    round: { all: [{ cond: 'about' }] },
    about: { not: { any: [{ cond: 'round' }] } },
  };
  expect(problemsOf(() => read({ ...law, conditions }))).toEqual([
    'conditions.round: stands on itself',
    'conditions.about: stands on itself',
  ]);
});

test('an obligation without any day is refused', () => {
  const [first, ...rest] = law.obligations;
  const changed = { ...law, obligations: [{ ...first, from: {} }, ...rest] };
  expect(problemsOf(() => read(changed))).toEqual([`obligations.${first?.id}.from: names no day`]);
});
