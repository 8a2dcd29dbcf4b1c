import { describe, expect, test } from 'vitest';
import { Registry } from '../registry.ts';
import { f } from './fields.ts';
import { about, defineKind, type KindDeclaration, uses, within } from './kind.ts';

const sound: KindDeclaration = {
  name: 'thing',
  prefix: 'THG',
  collection: 'things',
  label: 'Thing',
  plural: 'Things',
  purpose: 'Things (4.1).',
  regime: 'factual',
  fields: { name: f.line({ label: 'Name' }), owner: f.member({ label: 'Owner' }) },
  index: ['title', 'state', 'owner'],
  lifecycle: {
    initial: 'new',
    states: { new: { label: 'New', shape: 'hollow' }, done: { label: 'Done', shape: 'full' } },
    transitions: { finish: { label: 'Finish', from: ['new'], to: 'done' } },
  },
  serves: ['4.1'],
};
const { lifecycle } = sound;
const finish = { label: 'Finish', from: ['new'], to: 'done' };

test('a sound declaration is completed and frozen', () => {
  const kind = defineKind(sound);
  expect(kind).toMatchObject({
    schema: 1,
    title: 'name',
    owner: 'owner',
    relations: {},
    material: [],
    drawsOn: [],
    cited: [],
  });
  expect(Object.isFrozen(kind)).toBe(true);
});

test('a kind without an owner has none', () => {
  const kind = defineKind({ ...sound, fields: { name: f.line({ label: 'Name' }) }, index: ['title'] });
  expect(kind).not.toHaveProperty('owner');
});

test.each([
  ['a title that is no field', { title: 'heading' }, /title names "heading"/],
  ['an index of nothing', { index: ['colour'] }, /index names "colour"/],
  ['nine slots', { index: Array.from({ length: 9 }, () => 'title') }, /more than 8/],
  ['material of nothing', { material: ['colour'] }, /material names/],
  ['a draw on nothing', { drawsOn: ['colour'] }, /drawsOn names/],
  ['a citation of nothing', { cited: ['colour'] }, /cited names/],
  [
    'a field and a relation of one name',
    { relations: { owner: uses('thing', { label: 'Owner', inverse: 'Things' }) } },
    /share a name/,
  ],
  ['no first state', { lifecycle: { ...lifecycle, initial: 'nowhere' } }, /initial state/],
  [
    'a step to nowhere',
    { lifecycle: { ...lifecycle, transitions: { go: { ...finish, to: 'nowhere' } } } },
    /go names state "nowhere"/,
  ],
  [
    'a step from nowhere',
    { lifecycle: { ...lifecycle, transitions: { go: { ...finish, from: ['nowhere'] } } } },
    /go names state "nowhere"/,
  ],
  [
    'a step that requires nothing known',
    { lifecycle: { ...lifecycle, transitions: { go: { ...finish, requires: ['colour'] } } } },
    /go names "colour"/,
  ],
  [
    'a step that is not by nobody',
    { lifecycle: { ...lifecycle, transitions: { go: { ...finish, notBy: ['colour'] } } } },
    /go names "colour"/,
  ],
  [
    'a duty apart from what is no member',
    { apart: [{ field: 'name', from: [], say: 'Somebody else.' }] },
    /apart names "name"/,
  ],
  [
    'a duty apart from a column that is not there',
    { apart: [{ field: 'owner', from: ['rows.owner'], say: 'Somebody else.' }] },
    /apart names "rows.owner"/,
  ],
] as const)('%s is refused before any request', (_, change, fault) => {
  expect(() => defineKind({ ...sound, ...change })).toThrow(fault);
});

describe('relations', () => {
  test('one home, many others, unless told', () => {
    const o = { label: 'Link', inverse: 'Back' };
    expect(within('system', o)).toMatchObject({
      type: 'within',
      to: ['system'],
      many: false,
      required: false,
    });
    expect(uses(['model', 'dataset'], o)).toMatchObject({
      type: 'uses',
      to: ['model', 'dataset'],
      many: true,
    });
    expect(about('risk', { ...o, many: false, required: true })).toMatchObject({
      many: false,
      required: true,
    });
  });
});

describe('the registry', () => {
  const thing = defineKind(sound);
  const other = defineKind({ ...sound, name: 'other', prefix: 'OTH', collection: 'others' });
  const registry = new Registry([thing, other]);

  test('finds by name and collection', () => {
    expect(registry.find('thing')).toBe(thing);
    expect(registry.find('nothing')).toBeUndefined();
    expect(() => registry.get('nothing')).toThrow(/no kind "nothing"/);
    expect(registry.ofCollection('others')).toBe(other);
  });

  test.each([
    ['THG-1', 'thing', 1],
    ['oth-42', 'other', 42],
    ['  THG-999999999 ', 'thing', 999_999_999],
  ])('reads %s', (ref, name, number) => {
    expect(registry.readRef(ref)).toEqual({ kind: registry.get(name), number });
  });

  test.each([
    'THG-0',
    'THG-01',
    'THG-',
    'THG',
    'XXX-1',
    'THG-1-2',
    'THG-1e3',
    'THG-9999999999',
    '',
    'THG–1',
    '-1',
  ])('reads nothing from "%s"', (ref) => {
    expect(registry.readRef(ref)).toBeUndefined();
  });

  test.each(['name', 'prefix', 'collection'] as const)('refuses a %s used twice', (key) => {
    expect(() => new Registry([thing, { ...other, [key]: thing[key] }])).toThrow(`Two kinds have the ${key}`);
  });

  test('refuses a relation to a kind that is not there', () => {
    const relations = { uses: uses('nothing', { label: 'Uses', inverse: 'Used by' }) };
    expect(() => new Registry([defineKind({ ...sound, relations })])).toThrow(/relation uses names nothing/);
  });
});
