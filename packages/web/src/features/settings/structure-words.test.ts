import { expect, test } from 'vitest';
import {
  countryName,
  countryOptions,
  draftOf,
  emptyDraft,
  type StructureWire,
  withoutPart,
  withPart,
} from './structure-words.ts';

const unit = (id: string, parent: string | null = null) => ({
  ...{ id, name: id, parent, entity: 'e1', endsOn: null },
});
const structure: StructureWire = {
  state: 's',
  units: [unit('group'), unit('claims', 'group'), unit('motor', 'claims')],
  sites: [{ id: 's1', name: 'Harbour', country: 'DE', unit: 'claims', entity: 'e1' }],
  entities: [{ id: 'e1', name: 'Example SE', country: 'DE', registerId: null }],
};

test('a part that is opened and saved again says the same, and the state that it was written for goes along', () => {
  for (const [type, id] of [
    ['units', 'motor'],
    ['sites', 's1'],
    ['entities', 'e1'],
  ] as const) {
    const draft = draftOf(structure, type, id);
    expect(draft && withPart(structure, type, draft)).toEqual(structure);
  }
  expect(draftOf(structure, 'units', 's1')).toBeUndefined();
});

test('a new part stands at the end, its name trimmed, an empty number as none', () => {
  const added = withPart(structure, 'entities', { ...emptyDraft('e2', ' Branch '), country: 'FR' });
  expect(added.entities.at(-1)).toEqual({ id: 'e2', name: 'Branch', country: 'FR', registerId: null });
  expect(added.units).toBe(structure.units);
});

test('what stood below a unit that goes stands where it stood, and nothing names it any more', () => {
  const without = withoutPart(structure, 'units', 'claims');
  expect(without.units.map(({ id, parent }) => [id, parent])).toEqual([
    ['group', null],
    ['motor', 'group'],
  ]);
  expect(without.sites[0]?.unit).toBeNull();
  const bare = withoutPart(structure, 'entities', 'e1');
  expect([bare.entities, bare.units.map(({ entity }) => entity), bare.sites[0]?.entity]).toEqual([
    [],
    [null, null, null],
    null,
  ]);
});

test('countries stand by name, and what is none is not offered', () => {
  const options = countryOptions();
  expect(options.find(({ value }) => value === 'DE')).toEqual({ value: 'DE', label: 'Germany', hint: 'DE' });
  expect(options.some(({ value }) => ['ZZ', 'EU', 'XA'].includes(value))).toBe(false);
  expect(options.length).toBeGreaterThan(200);
  expect([countryName('FR'), countryName('QQ')]).toEqual(['France', 'QQ']);
});
