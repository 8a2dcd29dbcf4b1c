import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { identify } from './identity.ts';
import type { Mapping } from './mapping.ts';
import { type FileFacts, namesInFile, withoutRefused } from './names-in-file.ts';
import { rowReader } from './parse-row.ts';
import { type Existing, type Named, type PlanFacts, planRow } from './plan.ts';

const model = registry.get('model');
const dataset = registry.get('dataset');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
/** An id as records have one, the same for the same name. */
const idFor = (name: string) =>
  hash(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-7$3-8$4-$5');
const headers = ['Id', 'Name', 'Based on'];
const mappingFor = (kind: string, relation: string, keyed: boolean): Mapping => ({
  kind,
  source: 'test',
  profile: null,
  columns: [
    { header: 'Id', target: keyed ? 'key' : null },
    { header: 'Name', target: 'name' },
    { header: 'Based on', target: relation },
  ],
  identity: ['Name'],
  tellApart: [],
});

type Options = {
  keyed?: boolean;
  kind?: typeof model;
  relation?: string;
  existing?: ReadonlyMap<string, Existing>;
  elsewhere?: ReadonlyMap<string, readonly Named[]>;
};

/** The file from its second line on, planned; each row as its links by the number of the row they lead to, and what is rejected. */
function planned(rows: readonly (readonly string[])[], options: Options = {}) {
  const { keyed = false, kind = model, relation = 'basedOn', existing = new Map() } = options;
  const mapping = mappingFor(kind.name, relation, keyed);
  const reader = rowReader(kind, undefined, mapping, headers, rows, { year: 2026 });
  const parsed = rows.map((cells, index) => reader.read(index + 2, cells));
  const identified = identify(parsed, mapping, headers, [], hash);
  const idOf: PlanFacts['idOf'] = (key, what) => existing.get(key)?.id ?? idFor(`${what} ${key}`);
  const file: FileFacts = { kind, formation: null, formedKind: null, existing, formed: new Map(), idOf };
  const inFile = namesInFile(identified, file);
  const texts = parsed.flatMap((row) => Object.values(row.links).flat());
  const named = new Map(
    texts.map((text) => [text, [...inFile(text), ...(options.elsewhere?.get(text) ?? [])]]),
  );
  const facts: PlanFacts = {
    ...file,
    today: '2026-05-01',
    named,
    headings: new Map([[relation, 'Based on']]),
  };
  const plan = withoutRefused(
    identified.rows.map((row) => ({ keyed: row, row: planRow(row, facts) })),
    facts,
  );
  const rowOf = new Map(identified.rows.map((row) => [idOf(row.key, 'own'), row.parsed.row]));
  return {
    outcomes: plan.map((row) => row.outcome),
    links: plan.map((row) =>
      (row.records.at(-1)?.next.links[relation] ?? []).map((id) => rowOf.get(id) ?? 0).sort(),
    ),
    rejected: plan.flatMap((row) =>
      row.reports.filter((one) => one.rejected).map((one) => `${one.row} ${one.column}: ${one.message}`),
    ),
  };
}

test('a row names another by title, before it or after it, whatever its case and white space', () => {
  const { links, rejected } = planned([
    ['', 'Large reader', 'small  READER '],
    ['', 'Small reader', ''],
    ['', 'Reader of letters', 'Large reader'],
  ]);
  expect(links).toEqual([[3], [], [2]]);
  expect(rejected).toEqual([]);
});

test('a row names another by its key', () => {
  const rows = [
    ['M-1', 'Reader', 'M-2'],
    ['M-2', 'Base', ''],
  ];
  expect(planned(rows, { keyed: true }).links).toEqual([[3], []]);
  expect(planned(rows).rejected).toEqual(['2 Based on: "M-2" names no record here.']);
});

test('several are named in one cell, and rows may name each other', () => {
  const rows = [
    ['', 'A', 'B; C'],
    ['', 'B', 'A'],
    ['', 'C', ''],
  ];
  expect(planned(rows, { kind: dataset, relation: 'derivedFrom' }).links).toEqual([[3, 4], [2], []]);
});

test('a title that two rows bear names neither, and the rows are said', () => {
  const { links, rejected } = planned([
    ['', 'Reader', ''],
    ['', 'READER', ''],
    ['', 'Sorter', 'Reader'],
  ]);
  expect(links).toEqual([[], [], []]);
  expect(rejected).toEqual(['4 Based on: "Reader" names more than one record: row 2, row 3.']);
});

test('one row that answers by key and another by title are two, and neither is taken', () => {
  const rows = [
    ['Reader', 'Base', ''],
    ['M-2', 'Reader', ''],
    ['M-3', 'Sorter', 'Reader'],
  ];
  expect(planned(rows, { keyed: true }).rejected).toEqual([
    '4 Based on: "Reader" names more than one record: row 2, row 3.',
  ]);
});

test('a row and a record that stands already are two, and neither is taken', () => {
  const stands: Named = { id: 'there', kind: 'model', archived: false, system: null };
  const { rejected } = planned(
    [
      ['', 'Reader', ''],
      ['', 'Sorter', 'Reader'],
    ],
    { elsewhere: new Map([['Reader', [stands]]]) },
  );
  expect(rejected).toEqual([
    '3 Based on: "Reader" names more than one record: row 2 and a record that stands already.',
  ]);
});

test('a row that names itself is reported', () => {
  expect(planned([['', 'Reader', 'Reader']]).rejected).toEqual([
    '2 Based on: "Reader" names the row itself.',
  ]);
});

test('a row that is rejected is pointed at by none, and the reason names it', () => {
  const { outcomes, links, rejected } = planned(
    [
      ['M-1', 'Sorter', 'M-2'],
      ['M-2', '', ''],
      ['M-3', 'Reader', 'M-1'],
    ],
    { keyed: true },
  );
  expect(outcomes).toEqual(['added', 'rejected', 'added']);
  expect(links).toEqual([[], [], [2]]);
  expect(rejected).toEqual(['2 Based on: "M-2" names row 3, which is rejected.']);
});

test('a key that two rows bear names neither', () => {
  const { links, rejected } = planned(
    [
      ['M-1', 'Reader', ''],
      ['M-1', 'Writer', ''],
      ['M-3', 'Sorter', 'M-1'],
    ],
    { keyed: true },
  );
  expect(links).toEqual([[], []]);
  expect(rejected).toEqual(['4 Based on: "M-1" names more than one record: row 2, row 3.']);
});

test('a row of a record that stands leads to that record, also when the row is rejected this time', () => {
  const content = { fields: { name: 'Base' }, links: {} };
  const stands: Existing = {
    id: idFor('base'),
    ref: 'MDL-1',
    title: 'Base',
    state: model.lifecycle.initial,
    archived: false,
    content,
    system: null,
    base: { content, state: model.lifecycle.initial },
  };
  const existing = new Map([['M-2', stands]]);
  const rows = [
    ['M-1', 'Sorter', 'M-2'],
    ['M-2', '–', ''],
  ];
  expect(planned(rows, { keyed: true, existing }).links[0]).toEqual([3]);
});

test('a use case names the system that another row forms, and what it formed no more is not named', () => {
  const useCase = registry.get('use-case');
  const formation = { relation: 'system', kind: 'system', parts: { name: 'name' } };
  const mapping: Mapping = { ...mappingFor('use-case', 'replaces', false) };
  const rows = [['', 'Triage', '']];
  const reader = rowReader(useCase, undefined, mapping, headers, rows, { year: 2026 });
  const identified = identify(
    rows.map((cells, index) => reader.read(index + 2, cells)),
    mapping,
    headers,
    [],
    hash,
  );
  const facts: FileFacts = {
    kind: useCase,
    formation,
    formedKind: registry.get('system'),
    existing: new Map(),
    formed: new Map(),
    idOf: (key, what) => `${what} ${key}`,
  };
  expect(namesInFile(identified, facts)('triage').map((one) => one.kind)).toEqual(['use-case', 'system']);
  const key = identified.rows[0]?.key ?? '';
  const own: Existing = {
    id: 'own',
    ref: 'UC-1',
    title: 'Triage',
    state: 'proposed',
    archived: true,
    content: { fields: {}, links: {} },
    system: 'another',
    base: null,
  };
  const standing = namesInFile(identified, { ...facts, existing: new Map([[key, own]]) });
  expect(standing('Triage')).toMatchObject([{ kind: 'use-case', archived: true, system: 'another', row: 2 }]);
});

test('whatever the order of the rows, the same rows are linked', () => {
  const names = ['A', 'B', 'C', 'D', 'E'];
  const file = fc
    .array(fc.constantFrom('', ...names), { minLength: 5, maxLength: 5 })
    .chain((targets) =>
      fc.tuple(fc.constant(targets), fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 })),
    );
  fc.assert(
    fc.property(file, ([targets, order]) => {
      const rows = names.map((name, at) => ['', name, targets[at] === name ? '' : (targets[at] ?? '')]);
      const shuffled = order.map((at) => rows[at] ?? []);
      const { links, rejected } = planned(shuffled);
      expect(rejected).toEqual([]);
      const named = links.map((ends) => ends.map((row) => shuffled[Number(row) - 2]?.[1] ?? ''));
      expect(named).toEqual(shuffled.map((row) => (row[2] === '' ? [] : [row[2]])));
    }),
  );
});
