import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import type { Content } from '../kinds/kind.ts';
import { formationOf } from './formation.ts';
import { identify, type KnownRow } from './identity.ts';
import type { Mapping } from './mapping.ts';
import { rowReader } from './parse-row.ts';
import { type Existing, type PlanFacts, type PlannedRow, planRow } from './plan.ts';
import { countPlan, equalRowFinder } from './report.ts';

const useCase = registry.get('use-case');
const system = registry.get('system');
const headers = ['Name', 'Agency', 'Bureau', 'Purpose', 'Stage', 'Live'];
const mapping: Mapping = {
  kind: 'use-case',
  source: 'test',
  profile: null,
  columns: [
    { header: 'Name', target: 'name' },
    { header: 'Agency', target: 'unit' },
    { header: 'Bureau', target: 'subUnit' },
    { header: 'Purpose', target: 'purpose' },
    { header: 'Stage', target: 'state' },
    { header: 'Live', target: 'liveSince', dateOrder: 'month-first' },
  ],
  identity: ['Agency', 'Name'],
  tellApart: ['Bureau', 'Purpose'],
};
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const triage = ['Triage', 'Health', 'Claims', 'Sorts claims', 'Initiated', '7/1/2023'];

const parse = (rows: readonly string[][], by = mapping) => {
  const reader = rowReader(useCase, system, by, headers, rows, { year: 2026 });
  return rows.map((cells, index) => reader.read(index + 2, cells));
};
const known = (rows: readonly string[][], keys: readonly string[]): KnownRow[] =>
  rows.map((cells, index) => ({
    key: keys[index] ?? '',
    cells: Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])),
  }));
const keysOf = (rows: readonly string[][], before: readonly KnownRow[] = []) =>
  identify(parse(rows), mapping, headers, before, hash).rows.map((row) => row.key);

describe('identity', () => {
  const same = [
    ['Chat', 'Health', 'A', 'Writes letters', 'Initiated', ''],
    ['Chat', 'Health', 'B', 'Reads letters', 'Initiated', ''],
    ['Chat', 'Health', 'C', 'Counts letters', 'Retired', '1/1/2020'],
  ];
  test('rows of one name are different things with keys of their own', () => {
    const keys = keysOf([triage, ...same]);
    expect(new Set(keys).size).toBe(4);
    expect(keys.slice(1).map((key) => key.split('#')[1])).toEqual(['1', '2', '3']);
  });
  test('the same file again gives the same keys, in any order of its rows', () => {
    const keys = keysOf(same);
    expect(keysOf(same, known(same, keys))).toEqual(keys);
    expect(keysOf([...same].reverse(), known(same, keys))).toEqual([...keys].reverse());
  });
  test('a row inserted between others takes a new key and moves nobody', () => {
    const keys = keysOf(same);
    const inserted = ['Chat', 'Health', 'D', 'Sends letters', 'Planned', ''];
    const newer = [same[0] ?? [], inserted, ...same.slice(1)];
    expect(keysOf(newer, known(same, keys))).toEqual([
      keys[0],
      `${keys[0]?.split('#')[0]}#4`,
      keys[1],
      keys[2],
    ]);
  });
  test('one edited among rows of one name is still found, a wholly different one is not taken for it', () => {
    const keys = keysOf(same);
    const edited = same.map((row, index) => (index === 1 ? row.with(3, 'Reads all letters') : row));
    expect(keysOf(edited, known(same, keys))).toEqual(keys);
    const other = same.map((row, index) =>
      index === 2 ? ['Chat', 'Health', 'Z', 'Paints', 'Planned', '2/2/2022'] : row,
    );
    expect(keysOf(other, known(same, keys))[2]).toMatch(/#4$/);
  });
  test('exactly equal rows stay two, and stay two the next time', () => {
    const keys = keysOf([triage, triage]);
    expect(new Set(keys).size).toBe(2);
    expect(keysOf([triage, triage], known([triage, triage], keys))).toEqual(keys);
    const equal = equalRowFinder();
    for (const row of parse([triage, triage])) equal.look(row);
    expect(equal.found).toEqual([{ row: 3, as: 2 }]);
  });
  test('a column that is the key must fill every row once', () => {
    const byKey = { ...mapping, columns: [...mapping.columns.slice(1), { header: 'Name', target: 'key' }] };
    const rows = [triage, triage, triage.with(0, '')];
    const found = identify(parse(rows, byKey), byKey, headers, [], hash);
    expect(found.rows.map((row) => row.key)).toEqual(['Triage']);
    expect(found.refused.map((one) => one.reason)).toEqual([
      'Row 2 has the same key.',
      'The row has no key.',
    ]);
  });
});

let made = 0;
const newId = () => {
  made += 1;
  return `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`;
};
const facts = (known: Partial<PlanFacts> = {}): PlanFacts => ({
  today: '2026-05-01',
  idOf: (key, what) => (what === 'own' ? known.existing : known.formed)?.get(key)?.id ?? newId(),
  kind: useCase,
  formation: formationOf(useCase) ?? null,
  formedKind: system,
  existing: new Map(),
  formed: new Map(),
  named: new Map(),
  ...known,
});
const plan = (rows: readonly string[][], known: Partial<PlanFacts> = {}) =>
  identify(parse(rows), mapping, headers, [], hash).rows.map((row) => planRow(row, facts(known)));

/** What stands after a planned row was written, and what a person made of it since. */
function standing(row: PlannedRow | undefined, edited: Record<string, string> = {}): Partial<PlanFacts> {
  const existing = new Map<string, Existing>();
  const formed = new Map<string, Existing>();
  for (const record of row?.records ?? []) {
    const content: Content = record.next;
    (record.kind.name === 'system' ? formed : existing).set(record.key, {
      id: record.id,
      ref: 'UC-1',
      title: 'Triage',
      state: record.state,
      archived: false,
      system: record.system,
      content:
        record.kind.name === 'system' ? content : { ...content, fields: { ...content.fields, ...edited } },
      base: { content, state: record.state },
    });
  }
  return { existing, formed };
}

describe('the plan', () => {
  test('a use case forms its own system, named like it, at the stage that the file says', () => {
    const [row] = plan([triage]);
    expect(row?.outcome).toBe('added');
    expect(row?.records.map((record) => [record.kind.name, record.state, record.next.fields.name])).toEqual([
      ['system', 'inception', 'Triage'],
      ['use-case', 'proposed', 'Triage'],
    ]);
    const [formed, own] = row?.records ?? [];
    expect(own?.next.links).toEqual({ system: [formed?.id] });
    expect(own?.system).toBe(formed?.id);
    expect(formed?.next.fields).toMatchObject({ unit: 'Health', subUnit: 'Claims', liveSince: '2023-07-01' });
  });
  test('the same row again changes nothing', () => {
    const [row] = plan([triage]);
    expect(plan([triage], standing(row))[0]).toMatchObject({ outcome: 'unchanged', changes: [] });
  });
  test('what a person changed since stays, because the file says nothing new about it', () => {
    const [row] = plan([triage]);
    const [again] = plan([triage], standing(row, { purpose: 'Sorts claims by urgency' }));
    expect(again?.outcome).toBe('unchanged');
  });
  test('a state is brought in once: of what stands the file takes steps that ask for nothing, and says of the rest why', () => {
    const [row] = plan([triage]);
    const [changed] = plan(
      [triage.with(4, 'Acquisition and/or Development').with(3, 'Ranks')],
      standing(row),
    );
    expect(changed?.changes).toEqual([
      { part: 'purpose', before: 'Sorts claims', after: 'Ranks' },
      { part: 'state', before: 'proposed', after: 'in-preparation' },
      { part: 'system.purpose', before: 'Sorts claims', after: 'Ranks' },
    ]);
    const [live] = plan([triage.with(4, 'Operation and Maintenance').with(3, 'Ranks')], standing(row));
    expect(live?.changes.map(({ part }) => part)).toEqual(['purpose', 'system.purpose']);
    expect(live?.reports.filter(({ rejected }) => rejected)).toMatchObject([
      {
        row: 2,
        column: 'Stage',
        rejected: true,
        message: expect.stringMatching(
          /^Its AI system stays at "Inception": “Live” is reached by “Go live”, which needs the gate “Release”/,
        ),
      },
      {
        column: 'State',
        rejected: true,
        message: expect.stringMatching(/^It stays at "Proposed": “In use” is reached by “Put into use”/),
      },
    ]);
  });
  test('a changed cell and an emptied cell are shown before and after', () => {
    const [row] = plan([triage]);
    const [changed] = plan([triage.with(3, 'Ranks claims').with(5, '')], standing(row));
    expect(changed?.outcome).toBe('changed');
    expect(changed?.changes.filter((change) => !change.part.includes('.'))).toEqual([
      { part: 'liveSince', before: '2023-07-01', after: null },
      { part: 'purpose', before: 'Sorts claims', after: 'Ranks claims' },
    ]);
  });
  test('a cell that cannot be read leaves what stands', () => {
    const [row] = plan([triage]);
    const [again] = plan([triage.with(5, 'Pre-2021')], standing(row));
    expect(again?.outcome).toBe('unchanged');
    expect(again?.reports).toMatchObject([{ rejected: true, raw: 'Pre-2021', column: 'Live', row: 2 }]);
  });
  test('an archived record is left as it is', () => {
    const [row] = plan([triage]);
    const known = standing(row);
    const archived = new Map(
      [...(known.existing ?? [])].map(([key, one]) => [key, { ...one, archived: true }]),
    );
    expect(plan([triage.with(3, 'New')], { ...known, existing: archived })[0]).toMatchObject({
      outcome: 'unchanged',
    });
  });
  test('a row without what its kind demands is rejected whole, with the reason', () => {
    const [row] = plan([triage.with(0, '')]);
    expect(row).toMatchObject({ outcome: 'rejected', records: [], reason: 'Name is needed.' });
    expect(countPlan(row ? [row] : [], 2)).toMatchObject({ added: 0, rejected: 1, missing: 2 });
  });
  test('a name longer than its field is cut and said', () => {
    const [row] = plan([triage.with(0, 'x'.repeat(300))]);
    expect(String(row?.records[1]?.next.fields.name)).toHaveLength(200);
    expect(row?.reports.map((report) => report.message)).toContain(
      'The name has 300 characters and was cut to 200.',
    );
  });
  test('a relation goes to the record that the cell names; an unknown name rejects the row that needs it', () => {
    const linked = { ...mapping, columns: mapping.columns.with(2, { header: 'Bureau', target: 'system' }) };
    const id = newId();
    const named = new Map([['SYS-7', [{ id, kind: 'system', archived: false, system: id }]]]);
    const rows = [triage.with(2, 'SYS-7'), triage.with(2, 'SYS-8').with(0, 'Other')];
    const planned = identify(parse(rows, linked), linked, headers, [], hash).rows.map((row) =>
      planRow(row, facts({ named, formation: null, formedKind: null })),
    );
    expect(planned[0]?.records[0]?.next.links).toEqual({ system: [id] });
    expect(planned[0]?.records[0]?.system).toBe(id);
    expect(planned[1]).toMatchObject({ outcome: 'rejected', reason: 'System is needed.' });
  });
  test('the class of another scheme is kept under its name', () => {
    const classed = {
      ...mapping,
      columns: mapping.columns.with(2, { header: 'Bureau', target: 'external:Agency scheme' }),
    };
    const [row] = parse([triage.with(2, 'Rights-Impacting\n')], classed);
    expect(row?.fields.externalClasses).toEqual([{ scheme: 'Agency scheme', value: 'Rights-Impacting' }]);
  });
});
