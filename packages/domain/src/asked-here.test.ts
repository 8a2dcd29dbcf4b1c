import { describe, expect, test } from 'vitest';
import { askedHere } from './asked-here.ts';
import { registry } from './kinds/all.ts';
import { f } from './kinds/fields.ts';
import type { Kind } from './kinds/kind.ts';

test('without a condition a field is always asked; with some, where one of them holds whole', () => {
  expect(askedHere(f.line({ label: 'Unit' }), {})).toBe(true);
  const field = f.text({
    label: 'Reason',
    when: [{ type: ['release', 'retirement'], urgent: ['yes'] }, { late: ['yes'] }],
  });
  expect(askedHere(field, {})).toBe(false);
  expect(askedHere(field, { type: 'release' })).toBe(false);
  expect(askedHere(field, { type: 'release', urgent: 'no' })).toBe(false);
  expect(askedHere(field, { type: 'retirement', urgent: 'yes' })).toBe(true);
  expect(askedHere(field, { late: 'yes' })).toBe(true);
  expect(askedHere(field, { late: ['yes'] })).toBe(false);
});

const conditional = registry.kinds.flatMap((kind) =>
  Object.entries(kind.fields).flatMap(([name, field]): [string, Kind, string][] =>
    field.when === undefined ? [] : [[`${kind.name}.${name}`, kind, name]],
  ),
);

/** The ids that a field of one choice can hold. */
function idsOf(kind: Kind, name: string): readonly string[] {
  const field = kind.fields[name];
  if (field?.type === 'choice') return field.options.map(({ id }) => id);
  return field?.type === 'answer' ? ['yes', 'no', 'not-stated', 'not-applicable'] : [];
}

describe.each(conditional)('%s', (_place, kind, name) => {
  const field = kind.fields[name];

  test('is asked where another field says what it can say', () => {
    const said = (field?.when ?? []).flatMap((one) => Object.entries(one));
    expect(said.length).toBeGreaterThan(0);
    for (const [other, values] of said) {
      expect([name, kind.title, kind.owner]).not.toContain(other);
      expect(values.length).toBeGreaterThan(0);
      expect(idsOf(kind, other)).toEqual(expect.arrayContaining([...values]));
    }
  });

  test('is needed of nobody whom it is not asked', () => {
    expect(field?.required).toBeUndefined();
    expect(kind.approvable?.requires ?? []).not.toContain(name);
    for (const { requires = [] } of Object.values(kind.lifecycle.transitions))
      expect(requires).not.toContain(name);
  });

  test('is reached: what it waits for is itself asked', () => {
    const reached = (field?.when ?? []).some((one) =>
      askedHere(kind.fields[Object.keys(one)[0] ?? ''] ?? f.line({ label: '' }), firstSaid(kind, name)),
    );
    expect(reached).toBe(true);
  });
});

/** What a record says so that a field, and all that it waits for, is asked. */
function firstSaid(kind: Kind, name: string): Record<string, string> {
  const [first = {}] = kind.fields[name]?.when ?? [];
  return Object.fromEntries(
    Object.entries(first).flatMap(([other, [value = '']]) => [
      [other, value] as const,
      ...Object.entries(firstSaid(kind, other)),
    ]),
  );
}

test('a gate asks by its type, its verdict and what it lets through', () => {
  const { fields } = registry.get('gate');
  const asked = (said: Record<string, string>) =>
    Object.keys(fields).filter((name) => fields[name]?.when && askedHere(fields[name], said));
  expect(asked({ type: 'design-review' })).toEqual([]);
  expect(asked({ type: 'use-case-approval', verdict: 'pass-with-conditions' })).toEqual([
    'conditions',
    'fulfilments',
  ]);
  expect(asked({ type: 'deployment-approval' })).toEqual(['plan', 'retrospective', 'emergency']);
  expect(asked({ type: 'deployment-approval', emergency: 'yes' })).toEqual([
    'plan',
    'retrospective',
    'missingItems',
    'missingBy',
    'emergency',
    'emergencyReason',
  ]);
  expect(asked({ type: 'decommission-approval' })).toEqual(['settledData', 'settledPeople']);
});
