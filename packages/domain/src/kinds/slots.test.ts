import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstDay } from '../day.ts';
import { f } from './fields.ts';
import { defineKind, uses } from './kind.ts';
import { foldText, slotOperand, slotSignature, slotsOf, slotText } from './slots.ts';

const o = { label: 'Field' };
const options = [
  { id: 'zebra', label: 'Zebra' },
  { id: 'ant', label: 'Ant' },
];

/** Order of `collate "C"`: bytes of UTF-8. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const kind = defineKind({
  name: 'thing',
  prefix: 'THG',
  collection: 'things',
  label: 'Thing',
  plural: 'Things',
  purpose: 'Things (4.1).',
  regime: 'factual',
  fields: {
    name: f.line(o),
    owner: f.member({ label: 'Owner' }),
    size: f.number({ label: 'Size' }),
    since: f.day({ label: 'Since' }),
    animal: f.choice(options, { label: 'Animal' }),
    animals: f.choices(options, { label: 'Animals' }),
  },
  relations: { supplier: uses('supplier', { label: 'Supplier', inverse: 'Things', many: false }) },
  index: ['title', 'state', 'owner', 'size', 'since', 'animal', 'animals', 'supplier'],
  lifecycle: {
    initial: 'new',
    states: { new: { label: 'New', shape: 'hollow' }, done: { label: 'Done', shape: 'full' } },
    transitions: { finish: { label: 'Finish', from: ['new'], to: 'done' } },
  },
  serves: ['4.1'],
});

describe('numbers', () => {
  const field = f.number(o);
  const number = fc.double({ min: -1e15, max: 1e15, noNaN: true });

  test('sort as text as they do as numbers, and are equal only when equal', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(compare(slotText(field, a), slotText(field, b)))).toBe(Math.sign(a - b) || 0);
      }),
    );
  });

  test('small differences and signs count', () => {
    const sorted = [-1e15, -2, -1.5, -0.1, -1e-9, 0, 1e-9, 0.1, 0.100001, 1, 1.5, 10, 1e15];
    const texts = sorted.map((value) => slotText(field, value));
    expect([...texts].sort(compare)).toEqual(texts);
    expect(new Set(texts).size).toBe(sorted.length);
    expect(slotText(field, -0)).toBe(slotText(field, 0));
  });

  test('all have one length, so that none is a prefix of another', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(slotText(field, value)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });
});

describe('days', () => {
  const field = f.day(o);
  const full = fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const any = fc.oneof(
    full,
    full.map((day) => day.slice(0, 7)),
    full.map((day) => day.slice(0, 4)),
    full.map((day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`),
  );

  test('sort by the first day they may mean', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const order = compare(slotText(field, a), slotText(field, b));
        if (firstDay(a) !== firstDay(b)) expect(order < 0).toBe(firstDay(a) < firstDay(b));
        expect(order === 0).toBe(a === b);
      }),
    );
  });

  test('what is known better comes first', () => {
    const sorted = ['2026-01-01', '2026-01', '2026-Q1', '2026', '2026-01-02'];
    const texts = sorted.map((day) => slotText(field, day));
    expect([...texts].sort(compare)).toEqual(texts);
  });
});

describe('text', () => {
  const field = f.line(o);
  const words = fc.string({ unit: 'grapheme', maxLength: 200 });

  test('case, width and outer space make no difference', () => {
    expect(slotText(field, ' Claims TRIAGE ')).toBe(slotText(field, 'claims triage'));
    expect(slotText(field, 'ＡＩ')).toBe(slotText(field, 'ai'));
    expect(slotText(field, 'ﬁle')).toBe(slotText(field, 'file'));
    expect(slotText(field, 'u\u0308ber')).toBe(slotText(field, 'Über'));
  });

  test('sorts by the folded text', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const order = compare(foldText(a), foldText(b));
        expect(compare(slotText(field, a), slotText(field, b))).toBe(order);
      }),
    );
  });

  test('is never longer than an index takes, and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (value) => {
        const slot = slotText(field, value.toWellFormed());
        expect([...slot].length).toBeLessThanOrEqual(120);
        expect(Buffer.byteLength(slot)).toBeLessThanOrEqual(480);
        expect(slot.isWellFormed()).toBe(true);
      }),
    );
    expect([...slotText(field, '😀'.repeat(200))]).toHaveLength(120);
  });
});

describe('options', () => {
  test('sort in the order of the declaration, not of the alphabet', () => {
    const texts = options.map((option) => slotText(f.choice(options, o), option.id));
    expect([...texts].sort(compare)).toEqual(texts);
    const many = Array.from({ length: 30 }, (_, n) => ({ id: `o${n}`, label: `${n}` }));
    const all = many.map((option) => slotText(f.choice(many, o), option.id));
    expect([...all].sort(compare)).toEqual(all);
  });

  test('several sort by the first', () => {
    const field = f.choices(options, o);
    expect(slotText(field, ['ant', 'zebra'])).toBe(slotText(f.choice(options, o), 'ant'));
    expect(slotText(field, [])).toBe('');
  });
});

describe('the slots of a record', () => {
  const content = {
    fields: { name: 'A Thing', owner: 'm1', size: 2, since: '2026', animal: 'ant', animals: ['zebra'] },
    links: { supplier: ['s1'] },
  };

  test('follow the index, place by place', () => {
    const slots = slotsOf(kind, content, { state: 'done' });
    expect(slots).toEqual([
      'a thing',
      '02 done',
      'm1',
      slotText(f.number(o), 2),
      '2026-01-013',
      '02 ant',
      '01 zebra',
      's1',
    ]);
  });

  test('what is missing is the empty text, so that it can be asked for', () => {
    expect(slotsOf(kind, { fields: {}, links: {} }, { state: 'new' })).toEqual([
      '',
      '01 new',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
  });

  test('an operand finds what was stored', () => {
    const slots = slotsOf(kind, content, { state: 'done' });
    const operands = ['A Thing', 'done', 'm1', '2', '2026', 'ant', 'zebra', 's1'];
    expect(kind.index.map((name, place) => slotOperand(kind, name, operands[place] ?? ''))).toEqual(slots);
  });

  test('any operand is text, and a wrong one finds nothing instead of failing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kind.index), fc.string({ maxLength: 30 }), (name, operand) => {
        expect(typeof slotOperand(kind, name, operand)).toBe('string');
      }),
    );
    expect(slotOperand(kind, 'state', 'nowhere')).toBe('00 nowhere');
    expect(slotOperand(kind, 'size', 'many')).not.toBe(slotOperand(kind, 'size', '0'));
  });
});

describe('the signature', () => {
  const signature = slotSignature(kind);

  test('changes with place, type, options and states, because the stored text does', () => {
    const { index, fields, lifecycle } = kind;
    const others = [
      { ...kind, index: [...index].reverse() },
      { ...kind, fields: { ...fields, size: f.day(o) } },
      { ...kind, fields: { ...fields, animal: f.choice([...options].reverse(), o) } },
      {
        ...kind,
        lifecycle: { ...lifecycle, states: { done: lifecycle.states.done, new: lifecycle.states.new } },
      },
    ];
    for (const other of others) expect(slotSignature(Object.assign({}, kind, other))).not.toBe(signature);
  });

  test('does not change with a label or a field outside the index', () => {
    const fields = { ...kind.fields, name: f.line({ label: 'Other' }), extra: f.line({ label: 'Extra' }) };
    expect(slotSignature({ ...kind, label: 'Other', fields })).toBe(signature);
  });
});
