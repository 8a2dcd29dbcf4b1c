import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from './kinds/all.ts';
import { f } from './kinds/fields.ts';
import { about, defineKind, type KindDeclaration, uses } from './kinds/kind.ts';
import { Registry } from './registry.ts';

function made(name: string, changes: Partial<KindDeclaration> = {}) {
  return defineKind({
    name,
    prefix: name.slice(0, 3).toUpperCase(),
    collection: `${name}s`,
    label: name,
    plural: `${name}s`,
    purpose: 'For tests.',
    regime: 'factual',
    fields: { name: f.line({ label: 'Name' }) },
    index: ['title'],
    lifecycle: { initial: 'open', states: { open: { label: 'Open', shape: 'full' } }, transitions: {} },
    serves: [],
    ...changes,
  });
}

describe('a registry refuses', () => {
  const first = made('apple');

  test.each([
    ['name', made('apple', { prefix: 'XX', collection: 'other' }), /Two kinds have the name "apple"/],
    ['prefix', made('pear', { prefix: 'APP' }), /Two kinds have the prefix "APP"/],
    ['collection', made('pear', { collection: 'apples' }), /Two kinds have the collection "apples"/],
  ])('a %s used twice', (_, second, words) => {
    expect(() => new Registry([first, second])).toThrow(words);
  });

  test('a relation to a kind that is not there', () => {
    const relations = { of: about(['apple', 'plum'], { label: 'Of', inverse: 'Has' }) };
    expect(() => new Registry([first, made('pear', { relations })])).toThrow(
      'Kind pear: relation of names plum',
    );
    expect(() => new Registry([first, made('plum'), made('pear', { relations })])).not.toThrow();
  });
});

describe('look-ups', () => {
  test('each kind is found by name, collection and prefix, and is the same one', () => {
    for (const kind of registry.kinds) {
      expect(registry.find(kind.name)).toBe(kind);
      expect(registry.get(kind.name)).toBe(kind);
      expect(registry.ofCollection(kind.collection)).toBe(kind);
      expect(registry.readRef(`${kind.prefix}-1`)).toEqual({ kind, number: 1 });
    }
  });

  test.each(['constructor', '__proto__', 'toString', '', 'Systems'])('%s names nothing', (name) => {
    expect(registry.find(name)).toBeUndefined();
    expect(registry.ofCollection(name)).toBeUndefined();
    expect(() => registry.get(name)).toThrow(`There is no kind "${name}"`);
  });
});

describe('refs', () => {
  test.each(['SYS-42', 'sys-42', '  SYS-42\n', 'Sys-42'])('%j is read', (ref) => {
    expect(registry.readRef(ref)).toMatchObject({ number: 42, kind: { name: 'system' } });
  });

  test.each([
    'SYS-0',
    'SYS-042',
    'SYS--1',
    'SYS-1.5',
    'SYS-1e3',
    'SYS-',
    'SYS42',
    'SYS 42',
    'NONE-1',
    'S-1',
    'SYSTEMS-1',
    'SYS-1234567890',
    'SYS-٤٢',
    'SYS-1 OR 1=1',
    '',
  ])('%j is none', (ref) => {
    expect(registry.readRef(ref)).toBeUndefined();
  });

  test('whatever is written by the product is read back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...registry.kinds),
        fc.integer({ min: 1, max: 999_999_999 }),
        (kind, number) => {
          expect(registry.readRef(`${kind.prefix}-${number}`)).toEqual({ kind, number });
        },
      ),
    );
  });

  test('any text is either a ref or nothing, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = registry.readRef(text);
        if (read) expect(`${read.kind.prefix}-${read.number}`).toBe(text.trim().toUpperCase());
      }),
    );
  });
});

test('a kind is used where a relation of the type "uses" takes it, and only there', () => {
  const [tool, note] = [made('tool'), made('note')];
  const relations = {
    with: uses(['tool'], { label: 'With', inverse: 'Used by' }),
    on: about(['note'], { label: 'On', inverse: 'Mentioned by' }),
  };
  const small = new Registry([tool, note, made('work', { relations })]);
  expect(['tool', 'note', 'work', 'nothing'].map((name) => small.isUsed(name))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(['model', 'supplier', 'document', 'system', 'task'].map((name) => registry.isUsed(name))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
