import { declaredKinds } from '@throughline/catalogue/later.ts';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { can, grants, may, type Role, roles } from '../permissions.ts';
import { registry } from './all.ts';
import type { CellField, Field, Option } from './fields.ts';
import type { Kind } from './kind.ts';

const catalogue = loadCatalogue();
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const stations: readonly string[] = stationIds;

type Part = { readonly path: string; readonly field: Field | CellField };

function partsOf(kind: Kind): Part[] {
  return Object.entries(kind.fields).flatMap(([name, field]): Part[] => [
    { path: name, field },
    ...(field.type === 'rows'
      ? Object.entries(field.columns).map(([cell, column]) => ({ path: `${name}.${cell}`, field: column }))
      : []),
  ]);
}

function optionLists(kind: Kind): { path: string; options: readonly Option[] }[] {
  return partsOf(kind).flatMap(({ path, field }) =>
    'options' in field ? [{ path, options: field.options }] : [],
  );
}

test('the kinds are exactly those that the catalogue counts as declared', () => {
  expect(registry.kinds.map((kind) => kind.name).sort()).toEqual([...declaredKinds].sort());
});

test('every kind stands in the vocabulary of records', () => {
  const known = catalogue.records.kinds.map((kind) => kind.id);
  for (const kind of registry.kinds) expect(known).toContain(kind.name);
});

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  test('option ids are unique and kebab-case, and every option says something', () => {
    for (const { path, options } of optionLists(kind)) {
      const ids = options.map((option) => option.id);
      expect(ids.length, path).toBeGreaterThan(1);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(new Set(options.map((option) => option.label)).size, path).toBe(ids.length);
      for (const option of options) {
        expect(option.id, path).toMatch(kebab);
        expect(option.label.trim(), path).not.toBe('');
      }
    }
  });

  test('labels of fields and relations are unique', () => {
    const labels = [
      ...Object.values(kind.fields).map((field) => field.label),
      ...Object.values(kind.relations).map((relation) => relation.label),
    ];
    expect(labels.filter((label, position) => labels.indexOf(label) !== position)).toEqual([]);
  });

  test('fields name stations that exist', () => {
    for (const [name, field] of Object.entries(kind.fields))
      if (field.station !== undefined) expect(stations, name).toContain(field.station);
  });

  test('headings of other files are lower case, trimmed, and lead to one field only', () => {
    const seen = new Map<string, string>();
    for (const [name, field] of Object.entries(kind.fields)) {
      for (const heading of field.alsoCalled ?? []) {
        expect(heading, name).toBe(heading.toLowerCase().replace(/\s+/g, ' ').trim());
        expect(seen.get(heading) ?? name, `"${heading}" leads to two fields`).toBe(name);
        seen.set(heading, name);
      }
    }
  });

  test('a register shows a handful of columns first, and the name is one of them', () => {
    const columns = Object.entries(kind.fields).filter(([, field]) => field.column);
    expect(columns.length).toBeGreaterThanOrEqual(2);
    expect(columns.length).toBeLessThanOrEqual(8);
    expect(columns.map(([name]) => name)).toContain(kind.title);
  });

  test('serves names clauses and controls of the standard, all that the vocabulary gives it among them', () => {
    const known = [
      ...catalogue.iso42001.clauses.map((clause) => clause.id),
      ...catalogue.iso42001.annex_a.controls.map((control) => control.id),
    ];
    for (const id of kind.serves) expect(known).toContain(id);
    const asked = catalogue.records.kinds.find((record) => record.id === kind.name)?.clauses ?? [];
    for (const id of asked) expect(kind.serves).toContain(id);
  });

  test('the purpose speaks plainly, in one or two sentences, and names a clause', () => {
    const sentences = kind.purpose.split(/(?<=\.)\s+(?=[A-Z])/);
    expect(sentences.length).toBeLessThanOrEqual(2);
    for (const sentence of sentences) expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(32);
    expect(kind.purpose).not.toMatch(/!|please|compliant|certified|successfully|invalid/i);
    if (kind.name !== 'task' && kind.name !== 'control')
      expect(kind.purpose).toMatch(/\(([4-9]|10|A)\.[\d.]+|\(4\.1\)/);
  });

  test('every state but the first is reached by a transition, unless records arrive in any state', () => {
    const reached = new Set(Object.values(kind.lifecycle.transitions).map((transition) => transition.to));
    for (const state of Object.keys(kind.lifecycle.states))
      if (state !== kind.lifecycle.initial && !kind.lifecycle.mayBeBroughtIn)
        expect(reached).toContain(state);
  });

  test('no state is a dead end', () => {
    const left = new Set(Object.values(kind.lifecycle.transitions).flatMap((transition) => transition.from));
    for (const [state, { ended }] of Object.entries(kind.lifecycle.states))
      if (!ended) expect(left, `${state} cannot be left`).toContain(state);
  });

  test('what is approved is versioned or approvable, and who approves has the permission', () => {
    if (kind.regime === 'versioned') expect(kind.approvable).toBeDefined();
    const permitted = roles.filter((role) =>
      grants[role].some(
        (grant) => grant.acts.includes('approve') && grant.kinds !== 'all' && grant.kinds.includes(kind.name),
      ),
    );
    const named = kind.approvable?.by ?? [];
    for (const role of named) expect(roles).toContain(role);
    // The AIMS manager's grant is for all kinds; the others are named kind by kind and must agree.
    expect(permitted.filter((role) => role !== 'aims-manager').sort()).toEqual(
      named.filter((role) => role !== 'aims-manager').sort(),
    );
  });

  test('approvals draw on relations, and material parts are never worked out from nothing', () => {
    for (const name of kind.drawsOn) expect(Object.keys(kind.relations)).toContain(name);
    if (kind.approvable) expect(kind.material.length).toBeGreaterThan(0);
  });

  test('a required home is the only one that can be asked for', () => {
    const homes = Object.values(kind.relations).filter((relation) => relation.type === 'within');
    if (homes.some((relation) => relation.required)) expect(homes).toHaveLength(1);
    for (const relation of homes) expect(relation.many).toBe(false);
  });

  test('an index of a list or a link is filterable by its first value only, so it names single ones where it can', () => {
    for (const name of kind.index) {
      const relation = kind.relations[name];
      if (relation) expect(relation.many, name).toBe(false);
      const field = kind.fields[name];
      if (field) expect(['text', 'rows', 'file', 'url'], name).not.toContain(field.type);
    }
  });

  test('a cadence counts from a day', () => {
    if (kind.cadence) expect(kind.fields[kind.cadence.from]?.type).toBe('day');
  });

  test('the owner, where there is one, is a person', () => {
    if (kind.owner) expect(kind.fields[kind.owner]?.type).toBe('member');
  });

  test('those who may not take a step are persons', () => {
    for (const transition of Object.values(kind.lifecycle.transitions))
      for (const name of transition.notBy ?? []) expect(kind.fields[name]?.type).toBe('member');
  });
});

test('shared things belong to no system: they are used by it', () => {
  for (const name of [
    'model',
    'dataset',
    'resource',
    'supplier',
    'control',
    'applicability',
    'competence',
    'audit',
  ]) {
    const homes = Object.values(registry.get(name).relations).filter(
      (relation) => relation.type === 'within',
    );
    expect(homes, name).toEqual([]);
  }
});

test('a control reaches every record that relies on it backwards over uses', () => {
  const users = registry.kinds.filter((kind) =>
    Object.values(kind.relations).some(
      (relation) => relation.type === 'uses' && relation.to.includes('control'),
    ),
  );
  expect(users.map((kind) => kind.name)).toEqual(
    expect.arrayContaining([
      'implementation',
      'treatment',
      'evidence',
      'control-test',
      'obligation',
      'applicability',
    ]),
  );
});

test('homes lead to a system without a loop', () => {
  const visit = (name: string, path: readonly string[]): void => {
    expect(path, `${[...path, name].join(' > ')}`).not.toContain(name);
    for (const relation of Object.values(registry.get(name).relations))
      if (relation.type === 'within') for (const target of relation.to) visit(target, [...path, name]);
  };
  for (const kind of registry.kinds) visit(kind.name, []);
});

test('the owner of a system approves its use cases and gates, and nobody else’s', () => {
  const actor = { type: 'person', member: 'm1', roles: ['system-owner' satisfies Role] } as const;
  const facts = { kind: 'use-case', owner: null, assignee: null };
  expect(may(actor, 'use-case', 'approve')).toBe(true);
  expect(can(actor, 'approve', { ...facts, systemOwner: 'm1' })).toBe(true);
  expect(can(actor, 'approve', { ...facts, systemOwner: 'm2' })).toBe(false);
  expect(may(actor, 'impact-assessment', 'approve')).toBe(false);
});
