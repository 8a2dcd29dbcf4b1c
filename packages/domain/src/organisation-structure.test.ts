import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, now, organisationInputs } from '../test/trace/kit.ts';
import {
  above,
  emptyStructure,
  endedUnit,
  namesAbove,
  namesBelow,
  namesUnit,
  readStructure,
  type Structure,
  structureProblems,
  type Unit,
} from './organisation-structure.ts';
import { reaches } from './trace/documents.ts';
import { organisationFacts } from './trace/organisation-facts.ts';

const unit = (id: string, parent: string | null = null, more: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  parent,
  entity: null,
  endsOn: null,
  ...more,
});
/** Insurance over Claims over Motor and Health; Pricing beside them. */
const units = [
  unit('Insurance'),
  unit('Claims', 'Insurance'),
  unit('Motor', 'Claims'),
  unit('Health', 'Claims'),
  unit('Pricing'),
];
const structure: Structure = {
  units,
  sites: [{ id: 's1', name: 'Harbour office', country: 'DE', unit: 'Claims', entity: 'e1' }],
  entities: [{ id: 'e1', name: 'Example Insurance SE', country: 'DE', registerId: 'HRB 1' }],
};
const problems = (change: Partial<Structure>) =>
  structureProblems({ ...structure, ...change }).map(({ at, message }) => `${at}: ${message}`);

describe('above and below', () => {
  test('a unit counts what stands below it at every depth, and nothing beside it', () => {
    expect(namesBelow(structure, 'Insurance')).toEqual(['Claims', 'Health', 'Motor']);
    expect(namesBelow(structure, 'Claims')).toEqual(['Health', 'Motor']);
    expect(namesBelow(structure, 'Motor')).toEqual([]);
    expect(namesBelow(structure, 'Nobody')).toEqual([]);
  });

  test('names are compared as people write them', () => {
    expect(namesBelow(structure, ' claims ')).toEqual(['Health', 'Motor']);
    expect(namesAbove(structure, 'MOTOR')).toEqual(['Claims', 'Insurance']);
    expect(namesAbove(structure, 'Pricing')).toEqual([]);
    expect(namesAbove(structure, 'Nobody')).toEqual([]);
  });

  test('whatever parents are written, the way up ends, and names nobody twice', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const parents = fc.array(fc.option(fc.constantFrom(...ids)), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(parents, (given) => {
        const all = ids.map((id, at) => unit(id, given[at] ?? null));
        for (const id of ids) {
          const way = above(all, id).map((one) => one.id);
          expect(new Set([id, ...way]).size).toBe(way.length + 1);
        }
      }),
    );
  });
});

describe('a unit that ends', () => {
  const called = (name: string, endsOn: string | null) => ({
    ...unit(name),
    id: `${name} ${endsOn}`,
    endsOn,
  });
  const ending = { units: [called('Claims', '2026-03-31'), called('Pricing', null)] };

  test('stands on its last day, and has ended from the next on', () => {
    expect(endedUnit(ending, 'Claims', '2026-03-31')).toBeUndefined();
    expect(endedUnit(ending, ' claims', '2026-04-01')?.name).toBe('Claims');
    expect(endedUnit(ending, 'Pricing', '2999-01-01')).toBeUndefined();
    expect(endedUnit(ending, 'Nobody', '2999-01-01')).toBeUndefined();
  });

  test('goes on where another one of its name does', () => {
    const again = { units: [...ending.units, called('Claims', null)] };
    expect(endedUnit(again, 'Claims', '2026-04-01')).toBeUndefined();
    const both = { units: [...ending.units, called('claims', '2026-05-31')] };
    expect(endedUnit(both, 'Claims', '2026-05-01')).toBeUndefined();
    expect(endedUnit(both, 'Claims', '2026-06-01')).toBeDefined();
  });

  test('only fields that name a unit of the organisation do', () => {
    expect(namesUnit('system', 'unit')).toBe(true);
    expect(namesUnit('use-case', 'unit')).toBe(true);
    // The unit that a monitor measures in is another thing.
    expect(namesUnit('monitor', 'unit')).toBe(false);
    expect(namesUnit('system', 'subUnit')).toBe(false);
  });
});

describe('what can be kept', () => {
  test('a structure in order has no problem, and neither has an empty one', () => {
    expect(problems({})).toEqual([]);
    expect(structureProblems(emptyStructure)).toEqual([]);
  });

  test('a unit below itself is refused with the way round, at every unit of the ring and at no other', () => {
    const ring = [unit('A', 'C'), unit('B', 'A'), unit('C', 'B'), unit('D', 'A')];
    expect(problems({ units: ring, sites: [] })).toEqual([
      'units.0.parent: A would stand below itself: A, below C, below B, below A.',
      'units.1.parent: B would stand below itself: B, below A, below C, below B.',
      'units.2.parent: C would stand below itself: C, below B, below A, below C.',
    ]);
    expect(problems({ units: [unit('A', 'A')], sites: [] })).toEqual([
      'units.0.parent: A would stand below itself: A, below A.',
    ]);
  });

  test('whatever parents are written, the refusal is exact: a unit is in a ring where the way up leads back to it', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const parents = fc.array(fc.option(fc.constantFrom(...ids)), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(parents, (given) => {
        const all = ids.map((id, at) => unit(id, given[at] ?? null));
        const refused = problems({ units: all, sites: [] }).map((one) => Number(one.split('.')[1]));
        const ringed = all.flatMap(({ id }, at) => {
          let next = given[at] ?? null;
          for (let step = 0; step < 5 && next !== null && next !== id; step += 1)
            next = given[ids.indexOf(next)] ?? null;
          return next === id ? [at] : [];
        });
        expect(refused).toEqual(ringed);
      }),
    );
  });

  test('what names nothing that stands here is refused where it is said', () => {
    expect(problems({ units: [unit('A', 'gone', { entity: 'none' })] })).toEqual([
      'units.0.entity: There is no such legal entity.',
      'sites.0.unit: There is no such unit.',
      'units.0.parent: There is no such unit.',
    ]);
    expect(problems({ entities: [] })).toEqual(['sites.0.entity: There is no such legal entity.']);
  });

  test('a name stands once among its like, however it is written, and so does an id', () => {
    expect(problems({ units: [...units, unit('x', null, { name: 'claims' })] })).toEqual([
      'units.5.name: claims stands here already.',
    ]);
    expect(problems({ units: [...units, unit('Claims', null, { name: 'Other' })] })).toContain(
      'units.5.id: This id stands here twice.',
    );
  });
});

test('what stands in settings is read as it was written, and what cannot be meant counts as not said', () => {
  expect(readStructure(JSON.parse(JSON.stringify(structure)))).toEqual(structure);
  for (const broken of [undefined, null, 'x', 1, [], { units: 'x', sites: 3 }])
    expect(readStructure(broken)).toEqual(emptyStructure);
  const thin = {
    units: [{ id: 'a' }, { id: 'b', name: 'B', parent: 7 }],
    sites: [{ id: 's', name: 'S' }],
    entities: [null],
  };
  expect(readStructure(thin)).toEqual({ ...emptyStructure, units: [unit('b', null, { name: 'B' })] });
});

test('a document for a unit reaches the systems of every unit below it, and no others', () => {
  const inputs = organisationInputs({ organisation: { structure } });
  const facts = organisationFacts(inputs, catalogue, now);
  const bare = organisationFacts(organisationInputs(), catalogue, now);
  const covers = (name: string, system: string, of = facts) =>
    reaches(
      of,
      { fields: { reach: 'units', units: [name] }, links: {} },
      { id: 's', fields: { unit: system } },
    );
  expect([covers('Claims', 'Claims'), covers('Claims', 'Motor'), covers('Insurance', 'Motor')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([covers('Motor', 'Claims'), covers('Pricing', 'Motor'), covers('Claims', 'Motor', bare)]).toEqual([
    false,
    false,
    false,
  ]);
});
