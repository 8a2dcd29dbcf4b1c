import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import { decideEdit, emptyContent } from '../kinds/edit.ts';
import { scaleFault, scaleLack, scalesOf } from './scales.ts';

const document = registry.get('document');
const kept = (scales: Json) =>
  decideEdit(document, emptyContent, { fields: { name: 'Method', type: 'method', scales } }, new Map());
const rows = [
  { scale: 'severity', step: 'severe', label: 'Life-changing', meaning: 'A life is not the same after it' },
  { scale: 'severity', step: 'minor', label: 'Annoying' },
  { scale: 'severity', step: 'moderate', meaning: 'Put right within days' },
];
const steps = (scales: Json, id: string) =>
  scalesOf({ fields: { scales }, links: {} }).find((scale) => scale.id === id)?.steps;

describe('scales of a method', () => {
  test('without a method are those of the catalogue, weakest first', () => {
    const scales = scalesOf(null);
    expect(scales.map(({ id, own, steps: of }) => [id, own, of[0]?.id, of.at(-1)?.id])).toEqual([
      ['severity', false, 'negligible', 'severe'],
      ['likelihood', false, 'rare', 'almost-certain'],
      ['reversibility', false, 'reversible', 'irreversible'],
      ['reach', false, 'one-person', 'society'],
    ]);
  });
  test('each step of the catalogue says what it means', () => {
    for (const { label, steps: of } of scalesOf(null))
      for (const step of of) expect(step.meaning, `${label}: ${step.label}`).toMatch(/^[A-Z].+\.$/);
    expect(scaleLack({ fields: {}, links: {} })).toBeUndefined();
  });
  test('a step that the method calls otherwise means what it says there, and nothing else', () => {
    expect(scaleLack({ fields: { scales: rows }, links: {} })).toBe(
      'The step “Annoying” of Severity says nowhere what it means.',
    );
    const said = rows.map((row) => ({ meaning: 'An hour is lost', ...row }));
    expect(scaleLack({ fields: { scales: said }, links: {} })).toBeUndefined();
  });
  test('are the steps that it describes, in its words, in the order of the shared ids', () => {
    expect(steps(rows, 'severity')).toEqual([
      { id: 'minor', label: 'Annoying', meaning: null },
      { id: 'moderate', label: 'Moderate', meaning: 'Put right within days' },
      { id: 'severe', label: 'Life-changing', meaning: 'A life is not the same after it' },
    ]);
    expect(steps(rows, 'likelihood')).toHaveLength(5);
  });
  test('a scale of one step tells nothing apart: the words of the catalogue stay', () => {
    expect(steps(rows.slice(0, 1), 'severity')).toHaveLength(5);
  });
});

describe('rows that are no scales are refused at the field', () => {
  test.each<[string, Json, string]>([
    ['a step of another scale', [{ scale: 'severity', step: 'likely' }], 'Severity has no step "likely".'],
    ['a step twice', [rows[1] ?? {}, rows[1] ?? {}], 'Severity has the step "Minor" twice.'],
    ['no step', [{ scale: 'reach', label: 'Far' }], 'Row 1 needs a scale and a step.'],
    ['no scale', [...rows, { step: 'minor' }], 'Row 4 needs a scale and a step.'],
  ])('%s', (_, scales, says) => {
    expect(scaleFault(scales)).toBe(says);
    expect(() => kept(scales)).toThrow(says);
  });
  test('what is one is kept', () => {
    expect(scaleFault(undefined)).toBeUndefined();
    expect(kept(rows).next.fields.scales).toEqual(rows);
  });
});
