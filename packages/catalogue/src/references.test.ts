import { expect, test } from 'vitest';
import { findBroken, referencesOf } from './check/references.ts';
import { declaredKinds, homeOf, later, tables } from './later.ts';
import { loadCatalogue } from './load.ts';
import { resolveRef } from './lookup.ts';
import { sortIds } from './order.ts';
import { fileKeys } from './schema/files.ts';

const catalogue = loadCatalogue();
const kinds = catalogue.records.kinds.map((k) => k.id);

test('every reference leads somewhere and no id stands twice', () => {
  expect(findBroken(catalogue)).toEqual([]);
});

test('references were looked for in every file that makes them', () => {
  const looked = Object.fromEntries(fileKeys.map((key) => [key, referencesOf(catalogue, key).length > 0]));
  expect(looked).toEqual({
    ...Object.fromEntries(fileKeys.map((key) => [key, true])),
    riskLibrary: false,
    sources: false,
  });
});

test('every kind lives in exactly one place: declared, a table, or later with a reason', () => {
  const placed = [...declaredKinds, ...Object.keys(tables), ...Object.keys(later)];
  expect(sortIds(placed)).toEqual(sortIds(kinds));
  expect(new Set(placed).size).toBe(placed.length);
  for (const reason of Object.values(later)) expect(reason).toMatch(/^comes with \w/);
});

test('whatever a rule, document or trigger names is a kind, a table or on the list', () => {
  const named = fileKeys
    .flatMap((key) => referencesOf(catalogue, key))
    .filter((reference) => reference.to.includes('kind'))
    .map((reference) => reference.id);
  expect(new Set(named).size).toBe(kinds.length);
  expect(named.filter((id) => homeOf(id) === undefined)).toEqual([]);
});

test('homeOf tells a kind, a table and a later one apart', () => {
  expect(homeOf('system')).toEqual({ home: 'kind' });
  expect(homeOf('log-entry')).toEqual({ home: 'table', table: 'entry' });
  expect(homeOf('acceptance')).toMatchObject({
    home: 'later',
    because: expect.stringContaining('authority'),
  });
  expect(homeOf('spaceship')).toBeUndefined();
});

test('a kind names exactly the clauses and controls that name it', () => {
  const { clauses, annex_a } = catalogue.iso42001;
  const naming = [...clauses.filter((c) => c.level !== 'heading'), ...annex_a.controls];
  for (const kind of catalogue.records.kinds) {
    const backwards = naming.filter((item) => item.records.includes(kind.id)).map((item) => item.id);
    expect(sortIds(kind.clauses), kind.id).toEqual(sortIds(backwards));
  }
});

test('a document and the clause or control it belongs to name each other', () => {
  const { mandatory, supporting } = catalogue.documents;
  const ofControl = (id: string) =>
    catalogue.iso42001.annex_a.controls.find((c) => c.id === id)?.documents ?? [];
  for (const item of supporting) {
    for (const id of item.controls) expect(ofControl(id), `${item.id} ${id}`).toContain(item.id);
  }
  for (const item of mandatory) {
    for (const id of item.also ?? []) expect(ofControl(id), `${item.id} ${id}`).toContain(item.id);
    const clauses = catalogue.iso42001.clauses.filter(
      (c) => c.level !== 'heading' && (c.id === item.clause || c.parent === item.clause),
    );
    expect(
      clauses.some((c) => c.level !== 'heading' && c.documents.includes(item.id)),
      item.id,
    ).toBe(true);
  }
});

test('what pages show as served or referred to has a title', () => {
  const shown = [
    ...catalogue.stations.stations.flatMap((s) => [...s.serves, ...s.rules.flatMap((r) => r.refs)]),
    ...catalogue.records.kinds.flatMap((k) => k.clauses),
    ...catalogue.crosswalk.iso42001_to_nist_ai_rmf.flatMap((r) => [r.from, r.to, ...r.basis]),
  ];
  expect(shown.filter((id) => resolveRef(catalogue, id) === undefined)).toEqual([]);
});

test('every rule of source law names an obligation or a carve-out of it', () => {
  const ofLaw = catalogue.stations.stations.flatMap((s) => s.rules).filter((r) => r.source === 'law');
  expect(ofLaw.length).toBeGreaterThan(10);
  expect(ofLaw.filter((r) => !r.refs.some((id) => id.startsWith('OB-')))).toEqual([]);
});

test('the title used is one of the published variants', () => {
  const { title_variants } = catalogue.iso42001.meta;
  expect(title_variants.map((v) => v.id)).toEqual(['A.6.1.3', 'A.5.4', '6.1.1']);
  for (const { id, variant_a, variant_b } of title_variants) {
    expect([variant_a, variant_b]).toContain(resolveRef(catalogue, id)?.title);
  }
});
