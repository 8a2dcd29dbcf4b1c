import { describe, expect, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { changedParts, decideEdit, emptyContent, type Patch, type Target, targetsOf } from './edit.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, uses, within } from './kind.ts';

const ids = ['a', 'b', 'c', 'd'].map((c) => `0190a0b0-0000-7000-8000-00000000000${c}`);
const [a = '', b = '', c = '', d = ''] = ids;

const kind = defineKind({
  name: 'thing',
  prefix: 'THG',
  collection: 'things',
  label: 'Thing',
  plural: 'Things',
  purpose: 'Things (4.1).',
  regime: 'factual',
  fields: {
    name: f.line({ label: 'Name', required: true }),
    note: f.text({ label: 'Note' }),
    low: f.number({ label: 'Low' }),
    high: f.number({ label: 'High' }),
    span: f.number({ label: 'Span', derived: true }),
    seenOn: f.day({ label: 'Seen on', byAct: true }),
    rows: f.rows({ x: f.line({ label: 'X' }), y: f.line({ label: 'Y' }) }, { label: 'Rows' }),
    told: f.rows(
      { word: f.line({ label: 'Word', byAct: true }), answer: f.line({ label: 'Answer' }) },
      { label: 'Told' },
    ),
  },
  relations: {
    system: within('system', { label: 'System', inverse: 'Things' }),
    useCase: within('use-case', { label: 'Use case', inverse: 'Things' }),
    parts: uses(['thing', 'model'], { label: 'Parts', inverse: 'Part of' }),
    next: about('thing', { label: 'Next', inverse: 'Previous', many: false }),
    found: about('thing', { label: 'Found', inverse: 'Found by', byAct: true }),
  },
  index: ['title'],
  material: ['low', 'high', 'parts'],
  lifecycle: { initial: 'new', states: { new: { label: 'New', shape: 'hollow' } }, transitions: {} },
  serves: ['4.1'],
  derive: ({ fields }) => ({
    span: typeof fields.low === 'number' && typeof fields.high === 'number' ? fields.high - fields.low : null,
  }),
  guard: ({ fields }): Record<string, string> =>
    typeof fields.span === 'number' && fields.span < 0 ? { high: 'High lies below low.' } : {},
});

const targets = new Map<string, Target>([
  [a, { kind: 'thing', archived: false }],
  [b, { kind: 'model', archived: false }],
  [c, { kind: 'system', archived: false }],
  [d, { kind: 'thing', archived: true }],
]);
const start: Content = { fields: { name: 'First', low: 1 }, links: { parts: [a] } };
const edit = (before: Content, patch: Patch) => decideEdit(kind, before, patch, targets);

/** What a refused patch says, as `at: message`. */
function refused(before: Content, patch: Patch): string[] {
  try {
    edit(before, patch);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('unprocessable');
    return error.items.map((item) => `${item.at}: ${item.message}`);
  }
  return expect.unreachable('the patch was taken');
}

describe('fields', () => {
  test('are set, changed and cleared; the rest stays', () => {
    expect(edit(start, { fields: { note: 'Words', low: 2 } }).next.fields).toEqual({
      name: 'First',
      low: 2,
      note: 'Words',
    });
    for (const empty of [null, '', undefined]) {
      const { next, changed } = edit(start, { fields: { low: empty } });
      expect(next.fields).toEqual({ name: 'First' });
      expect(changed).toEqual(['low']);
    }
  });

  test('what was there is not touched', () => {
    const before = structuredClone(start);
    edit(start, { fields: { name: 'Second' }, links: { parts: { remove: [a] } } });
    expect(start).toEqual(before);
  });

  test('what is needed cannot be cleared', () => {
    expect(refused(start, { fields: { name: '  ' } })).toEqual(['fields.name: Name is needed.']);
    expect(refused(emptyContent, {})).toEqual(['fields.name: Name is needed.']);
  });

  test('unknown ones are named, known by prototype or not', () => {
    const fields = { colour: 'red', constructor: 'x', toString: 'x', ...JSON.parse('{"__proto__": "x"}') };
    expect(refused(start, { fields })).toEqual([
      'fields.colour: Thing has no field "colour".',
      'fields.constructor: Thing has no field "constructor".',
      'fields.toString: Thing has no field "toString".',
      'fields.__proto__: Thing has no field "__proto__".',
    ]);
  });

  test('a name that is long or broken is shown short and whole', () => {
    const [problem = ''] = refused(start, { fields: { [`\ud800\u0000${'x'.repeat(300)}`]: 1 } });
    expect(problem.length).toBeLessThan(200);
    expect(problem.isWellFormed()).toBe(true);
    expect(problem).not.toContain('\u0000');
  });

  test('every problem is said at once, each with its field', () => {
    expect(refused(start, { fields: { low: 'much', name: 7, note: 'fine' } })).toEqual([
      'fields.low: Low: "much" is not a number.',
      'fields.name: Name: Text in quotation marks is expected here.',
    ]);
  });
});

test('what an act writes is not typed in, changed or cleared; saying the same is no quarrel', () => {
  const says = 'fields.seenOn: Seen on is written by an act of its own.';
  expect(refused(start, { fields: { seenOn: '2026-01-01' } })).toEqual([says]);
  expect(refused(emptyContent, { fields: { name: 'New', seenOn: '2026-01-01' } })).toEqual([says]);
  const { next } = edit(start, { byAct: true, fields: { seenOn: '2026-01-01' } });
  expect(next.fields.seenOn).toBe('2026-01-01');
  expect(refused(next, { fields: { seenOn: null } })).toEqual([says]);
  expect(refused(next, { fields: { seenOn: '2026-01-02' } })).toEqual([says]);
  expect(edit(next, { fields: { seenOn: '2026-01-01', note: 'Words' } }).changed).toEqual(['note']);
});

test('cells and links that an act writes are nobody else’s: rows are answered, taken out and added beside them', () => {
  const told = [{ word: 'One' }, { word: 'Two' }];
  const { next } = edit(start, { byAct: true, fields: { told }, links: { found: { set: [a] } } });
  const says = (row: number) => `fields.told: Row ${row}: “Word” are written by an act of its own.`;
  expect(refused(next, { fields: { told: [{ word: 'One' }, { word: 'Three' }] } })).toEqual([says(2)]);
  expect(refused(start, { fields: { told: [{ word: 'One' }] } })).toEqual([says(1)]);
  const answered = [{ word: 'Two', answer: 'Yes' }, { answer: 'Our own' }];
  expect(edit(next, { fields: { told: answered } }).next.fields.told).toEqual(answered);
  const links = 'links.found: Found is written by an act of its own.';
  expect(refused(next, { links: { found: { set: [] } } })).toEqual([links]);
  expect(refused(next, { links: { found: { add: [b] } } })).toContain(links);
  expect(edit(next, { links: { found: { set: [a] } } }).changed).toEqual([]);
});

test('an act links as many as there are, a hand at most five hundred', () => {
  const ids = Array.from(
    { length: 501 },
    (_, at) => `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`,
  );
  const many = new Map<string, Target>(ids.map((id) => [id, { kind: 'thing', archived: false }]));
  const act: Patch = { byAct: true, links: { found: { set: ids } } };
  expect(decideEdit(kind, start, act, many).next.links.found).toHaveLength(501);
  expect(() => decideEdit(kind, start, { links: { parts: { set: ids } } }, many)).toThrow();
});

describe('what is worked out', () => {
  test('comes with the fields it is worked out from', () => {
    const { next, changed, material } = edit(start, { fields: { high: 5 } });
    expect(next.fields.span).toBe(4);
    expect(changed).toEqual(['high', 'span']);
    expect(material).toEqual(['high']);
    expect(edit(next, { fields: { low: null } }).next.fields).toEqual({ name: 'First', high: 5 });
  });

  test('cannot be said otherwise by hand, and may be said as it comes out', () => {
    expect(refused(start, { fields: { high: 5, span: 9 } })).toEqual([
      'fields.span: Span is worked out from other fields.',
    ]);
    expect(refused(start, { fields: { span: 1 } })).toHaveLength(1);
    expect(edit(start, { fields: { high: 5, span: 4 } }).next.fields.span).toBe(4);
    const full = edit(start, { fields: { high: 5 } }).next;
    expect(edit(full, { fields: { ...full.fields } }).changed).toEqual([]);
    expect(edit(full, { fields: { high: null, span: null } }).changed).toEqual(['high', 'span']);
  });

  test('contradictions are refused by the field that makes them', () => {
    expect(refused(start, { fields: { high: 0 } })).toEqual(['fields.high: High lies below low.']);
  });
});

describe('links', () => {
  test('are set, added and taken away, once each and in order', () => {
    expect(edit(start, { links: { parts: { add: [b, a, b] } } }).next.links.parts).toEqual([a, b]);
    expect(edit(start, { links: { parts: { set: [b] } } }).next.links.parts).toEqual([b]);
    expect(edit(start, { links: { parts: { set: [b, a], remove: [b] } } }).next.links.parts).toEqual([a]);
    expect(edit(start, { links: { parts: { remove: [a] } } }).next.links).toEqual({});
    expect(edit(start, { links: { parts: { set: [] } } }).next.links).toEqual({});
  });

  test('adding what is there changes nothing', () => {
    expect(edit(start, { links: { parts: { add: [a], remove: [b] } } }).changed).toEqual([]);
  });

  test('targets are looked up once each, for what is set or added', () => {
    expect(
      targetsOf({ links: { parts: { set: [a, b], add: [b], remove: [d] }, next: { set: [c] } } }),
    ).toEqual([a, b, c]);
    expect(targetsOf({})).toEqual([]);
    expect(targetsOf({ links: { nope: { set: ['SYS-1'], add: ['SYS-2', a] } } })).toEqual([a]);
  });

  test('a target must exist, be of the kind, and not be archived', () => {
    const missing = '0190a0b0-0000-7000-8000-0000000000ff';
    expect(refused(start, { links: { parts: { add: [missing, c, d] } } })).toEqual([
      'links.parts: Parts: this is a system; it takes thing or model.',
      'links.parts: Parts: that record is archived.',
      `links.parts: Parts: there is no record ${missing} that you can see.`,
    ]);
  });

  test('a link that stands may stay, even when its target was archived since', () => {
    const before = { ...start, links: { parts: [d] } };
    expect(edit(before, { links: { parts: { add: [a] } } }).next.links.parts).toEqual([a, d]);
  });

  test('one means one', () => {
    expect(refused(start, { links: { next: { set: [a, d] } } })).toContain(
      'links.next: Next: one record only.',
    );
  });

  test('a record has one home', () => {
    const useCases = new Map([...targets, [b, { kind: 'use-case', archived: false }]]);
    const patch = { links: { system: { set: [c] }, useCase: { set: [b] } } };
    expect(() => decideEdit(kind, start, patch, useCases)).toThrow(
      'Thing belongs to one place; this names System and Use case.',
    );
  });

  test('no more than 500', () => {
    const many = Array.from(
      { length: 501 },
      (_, n) => `0190a0b0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
    );
    const all = new Map(many.map((id) => [id, { kind: 'thing', archived: false }]));
    expect(() => decideEdit(kind, start, { links: { parts: { set: many } } }, all)).toThrow(/500/);
  });

  test.each([
    [{ colours: { set: [] } }, 'links.colours: Thing has no relation "colours".'],
    [{ constructor: { set: [] } }, 'links.constructor: Thing has no relation "constructor".'],
  ])('unknown ones are named: %j', (links, problem) => {
    expect(refused(start, { links })).toEqual([problem]);
  });

  test.each([
    [[a]],
    [a],
    [null],
    [{ set: a }],
    [{ set: ['x'] }],
    [{ put: [a] }],
    [{ add: [1] }],
    [{ set: null }],
  ])('a change that is none is refused: %j', (change) => {
    const patch: unknown = { links: { parts: change } };
    expect(refused(start, patchOf(patch))).toEqual([
      'links.parts: Parts: say what to set, add or remove, as lists of record ids.',
    ]);
  });
});

/** What arrives from outside has only the shape that a patch could have. */
function patchOf(value: unknown): Patch {
  return value as Patch;
}

describe('what changed', () => {
  test('is named in one order, fields and links together', () => {
    const patch = { fields: { note: 'x', high: 3 }, links: { parts: { add: [b] } } };
    const { changed, material } = edit(start, patch);
    expect(changed).toEqual(['high', 'note', 'span', 'parts'].sort());
    expect(material).toEqual(['high', 'parts']);
  });

  test('nothing, when the same is said again', () => {
    expect(edit(start, { fields: { ...start.fields }, links: { parts: { set: [a] } } })).toEqual({
      next: start,
      changed: [],
      material: [],
    });
  });

  test('is not the order in which a database keeps the cells of a row', () => {
    const before = { fields: { rows: [{ y: '2', x: '1' }] }, links: {} };
    expect(changedParts(before, { fields: { rows: [{ x: '1', y: '2' }] }, links: {} })).toEqual([]);
    expect(changedParts(before, { fields: { rows: [{ x: '2', y: '1' }] }, links: {} })).toEqual(['rows']);
  });

  test('is the order of rows, because it can be meant', () => {
    const rows = [{ x: '1' }, { x: '2' }];
    const before = { fields: { rows }, links: {} };
    expect(changedParts(before, { fields: { rows: rows.toReversed() }, links: {} })).toEqual(['rows']);
  });
});
