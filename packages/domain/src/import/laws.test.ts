import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import type { Content } from '../kinds/kind.ts';
import { formationOf, formedFields } from './formation.ts';
import { findHeaderRow, uniqueHeaders } from './headers.ts';
import { ambiguousKeys, baseOf, identify, type KnownRow } from './identity.ts';
import type { Mapping } from './mapping.ts';
import type { ParsedRow } from './parse-row.ts';
import { moveObstacle } from './state-move.ts';
import { headingWords, meaningfulWords, overlap, plainWords, trimmed } from './words.ts';

/** A stand-in for SHA-256 that keeps different texts apart: the text itself, without the mark that parts keys. */
const hash = (text: string): string => text.replaceAll('#', '♯');
const headers = ['Name', 'Unit', 'Purpose', 'Note'];
const mapping: Mapping = {
  kind: 'use-case',
  source: 'inventory',
  profile: null,
  columns: [],
  identity: ['Name'],
  tellApart: ['Unit'],
};

const rowOf = (cells: readonly string[], row: number, key?: string): ParsedRow => ({
  row,
  cells,
  fields: {},
  links: {},
  reports: [],
  ...(key === undefined ? {} : { key }),
});
const rowsOf = (table: readonly (readonly string[])[]) =>
  table.map((cells, place) => rowOf(cells, place + 2));
const keysOf = (table: readonly (readonly string[])[], known: readonly KnownRow[] = []) =>
  identify(rowsOf(table), mapping, headers, known, hash).rows.map(({ key }) => key);
/** What the product keeps of a file once it was brought in. */
function kept(table: readonly (readonly string[])[], keys: readonly string[]): KnownRow[] {
  return table.map((cells, place) => ({
    key: keys[place] ?? '',
    cells: Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? ''])),
  }));
}

const word = fc.constantFrom('Triage', 'Chat', 'Fraud', 'triage ', '');
const tables = fc.array(fc.tuple(word, word, word, fc.nat(3).map(String)), { minLength: 1, maxLength: 12 });

describe('which row is which record', () => {
  test('each row has a key of its own', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const keys = keysOf(table);
        expect(keys).toHaveLength(table.length);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('the same file again finds the same records', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const first = keysOf(table);
        const again = keysOf(table, kept(table, first));
        // Rows that are equal in every cell may change places among themselves: nobody can tell them apart.
        const named = (keys: readonly string[]) =>
          table.map((cells, place) => `${cells.join('|')} ${keys[place]}`);
        expect(named(again).sort()).toEqual(named(first).sort());
      }),
    );
  });

  test('a file in another order finds the same records, row by row', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(word, word, word, fc.nat(3).map(String)), {
          minLength: 2,
          maxLength: 10,
          selector: (cells) => cells.map(trimmed).join('|'),
        }),
        (table) => {
          const first = keysOf(table);
          const turned = [...table].reverse();
          expect(keysOf(turned, kept(table, first))).toEqual([...first].reverse());
        },
      ),
    );
  });

  test('a row put in between takes a key of its own and moves nobody', () => {
    fc.assert(
      fc.property(tables, fc.nat(12), (table, where) => {
        const first = keysOf(table);
        const place = where % (table.length + 1);
        const added = ['Triage', 'A new unit', 'Another purpose', 'Nobody wrote this'];
        const keys = keysOf([...table.slice(0, place), added, ...table.slice(place)], kept(table, first));
        // Equal names make one group: a lone row may be taken for its changed self, never for another's.
        const others = keys.toSpliced(place, 1);
        expect(new Set(keys).size).toBe(keys.length);
        if (table.filter(([name]) => plainWords(name) === 'triage').length !== 1)
          expect([...others].sort()).toEqual([...first].sort());
      }),
    );
  });

  test('a row that changed in part is still the same one; one that shares only the name is another', () => {
    const table = [
      ['Triage', 'Claims', 'Sort', 'a'],
      ['Triage', 'Sales', 'Rank', 'b'],
    ];
    const known = kept(table, keysOf(table));
    const [first, second] = known.map(({ key }) => key);
    expect(
      keysOf(
        [
          ['Triage', 'Sales', 'Rank them', 'b'],
          ['Triage', 'Claims', 'Sort', 'a'],
        ],
        known,
      ),
    ).toEqual([second, first]);
    const [one, other, third] = keysOf([...table, ['Triage', 'Legal', 'Read', 'c']], known);
    expect([one, other]).toEqual([first, second]);
    expect([first, second]).not.toContain(third);
  });

  test('numbers once given are not given again', () => {
    const known = kept([['Chat', 'A', 'x', 'y']], [`${baseOf(['Chat'], hash)}#7`]);
    const keys = keysOf(
      [
        ['Chat', 'A', 'x', 'y'],
        ['Chat', 'B', 'z', 'w'],
      ],
      known,
    );
    expect(keys.map((key) => key.slice(key.lastIndexOf('#')))).toEqual(['#7', '#8']);
  });

  test('names are one whatever their case, dashes and spaces, and two whatever looks alike otherwise', () => {
    const base = (name: string) => baseOf([name], hash);
    for (const same of [
      'claims triage',
      'Claims  Triage',
      'CLAIMS-TRIAGE',
      'Claims – Triage',
      'ｃlaims triage',
    ])
      expect(base(same)).toBe(base('Claims Triage'));
    for (const other of ['Claim Triage', 'Claims Triage 2', 'Claims', 'ClaimsTriage'])
      expect(base(other)).not.toBe(base('Claims Triage'));
    expect(baseOf(['a', 'b'], hash)).not.toBe(baseOf(['a b'], hash));
  });

  test('with a column that is a key, a second row of the key and one without are refused by row', () => {
    const keyed: Mapping = { ...mapping, columns: [{ header: 'Id', target: 'key' }] };
    const found = identify(
      [rowOf([], 2, 'A'), rowOf([], 3), rowOf([], 4, 'A'), rowOf([], 5, 'B')],
      keyed,
      headers,
      [],
      hash,
    );
    expect(found.rows.map(({ key }) => key)).toEqual(['A', 'B']);
    expect(found.refused.map(({ parsed, reason }) => [parsed.row, reason])).toEqual([
      [3, 'The row has no key.'],
      [4, 'Row 2 has the same key.'],
    ]);
    expect(ambiguousKeys([], keyed, headers, ['A', 'B'], hash)).toEqual([]);
  });

  test('cells are asked for only where a name is shared', () => {
    const base = (name: string) => baseOf([name], hash);
    const known = [`${base('Chat')}#1`, `${base('Triage')}#1`, `${base('Triage')}#2`];
    const rows = rowsOf([
      ['Chat', '', '', ''],
      ['Triage', '', '', ''],
    ]);
    expect(ambiguousKeys(rows, mapping, headers, known, hash)).toEqual(known.slice(1));
  });
});

describe('headings', () => {
  test('every column has a name, no two the same, and what was unique stays as it was', () => {
    const cell = fc.constantFrom('Name', 'Other', 'Other (Name)', 'Column 2', '', ' Name ', 'Unit\nof work');
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 10 }), (cells) => {
        const names = uniqueHeaders(cells);
        expect(names).toHaveLength(cells.length);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name.trim()).not.toBe('');
      }),
    );
  });

  test('a heading that repeats is named by the column before it', () => {
    const cells = ['Purpose', 'If other', 'Unit', 'If other', '', 'If other'];
    expect(uniqueHeaders(cells)).toEqual([
      'Purpose',
      'If other (Purpose)',
      'Unit',
      'If other (Unit)',
      'Column 5',
      'If other (Unit) 2',
    ]);
  });

  test.each([
    [
      'at once',
      [
        ['Name', 'Unit'],
        ['Triage', 'Claims'],
      ],
      0,
    ],
    ['below a title', [['Inventory 2026'], [], ['Name', 'Unit', 'Owner'], ['A', 'B', 'C']], 2],
    [
      'never a row of numbers',
      [
        ['1', '2', '3'],
        ['Name', 'Unit', 'Owner'],
      ],
      1,
    ],
    ['of nothing', [], 0],
    ['of empty rows', [['', ' '], ['\u00a0']], 0],
  ] as const)('are found %s', (_, rows, place) => {
    expect(findHeaderRow(rows)).toBe(place);
  });

  test('are the same words however they are written', () => {
    for (const heading of [
      '2_use_case_name',
      'UseCaseName',
      'Use case name ',
      'USE CASE NAME',
      '12 Use-case name',
    ])
      expect(headingWords(heading)).toBe('use case name');
    expect(headingWords('2026')).toBe('2026');
  });
});

describe('words', () => {
  test('plain words are plain already, and trimming trims once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(plainWords(plainWords(text))).toBe(plainWords(text));
        expect(trimmed(trimmed(text))).toBe(trimmed(text));
      }),
    );
  });

  test('overlap is a share, the same from both sides, whole only for the same words', () => {
    const words = fc.array(fc.constantFrom('name', 'unit', 'owner', 'purpose', 'the'), { maxLength: 4 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [one, other] = [meaningfulWords(a.join(' ')), meaningfulWords(b.join(' '))];
        const share = overlap(one, other);
        expect(share).toBe(overlap(other, one));
        expect(share >= 0 && share <= 1).toBe(true);
        expect(share === 1).toBe(one.size > 0 && [...one].sort().join() === [...other].sort().join());
      }),
    );
    expect([...meaningfulWords('the name of the unit')]).toEqual(['name', 'unit']);
  });
});

describe('states and formed records', () => {
  test.each([
    [
      'use-case',
      'proposed',
      'in-use',
      /^“In use” is reached by “Put into use”, taken on the record itself, once it is/,
    ],
    ['use-case', 'proposed', 'in-preparation', undefined],
    ['use-case', 'in-use', 'suspended', undefined],
    [
      'use-case',
      'in-use',
      'retired',
      /^“Retired” is reached by “Retire”: Closing note, Ended on are needed first/,
    ],
    ['gate', 'asked', 'passed', /taken on the record itself/],
    ['corrective-action', 'done', 'effective', /taken on the record itself/],
    ['nonconformity', 'verifying', 'closed', /taken on the record itself/],
    ['obligation', 'open', 'declined', /taken on the record itself/],
    ['supplier', 'in-use', 'ended', undefined],
    ['system', 'verification-validation', 'design-development', undefined],
    ['system', 'operation-monitoring', 're-evaluation', undefined],
    ['system', 'inception', 'design-development', /needs the gate “Approval of a use case”/],
    ['system', 'verification-validation', 'deployment', /needs the gate “Verdict on evaluation”/],
    ['system', 'inception', 'operation-monitoring', /needs the gate “Release”/],
    [
      'system',
      'operation-monitoring',
      'retirement',
      /^“Retired” is reached by “Retire”, which needs the gate “Retirement”/,
    ],
    ['system', 'operation-monitoring', 'inception', /^no step leads from “Live” to “Inception”/],
    ['supplier', 'in-use', 'no-such-state', /^no step leads/],
  ] as const)('a file takes no step that a person answers for: %s from %s to %s', (name, from, to, why) => {
    const said = moveObstacle(registry.get(name), from, to, { fields: {}, links: {} }, '2026-05-01');
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(why);
  });

  test('a file takes a step whose needs it fulfils', () => {
    const fields = { closingNote: 'Replaced by the new desk.', retiredOn: '2026-04-01' };
    const retire = (content: Content) =>
      moveObstacle(registry.get('use-case'), 'in-use', 'retired', content, '2026-05-01');
    expect(retire({ fields, links: {} })).toBeUndefined();
    expect(retire({ fields: { ...fields, closingNote: null }, links: {} })).toContain(
      'Closing note is needed',
    );
  });

  test('what a formed record takes from its row are fields that both declare, of one type', () => {
    const formation = formationOf(registry.get('use-case'));
    if (!formation) throw new RangeError('use-case');
    const [row, formed] = [registry.get('use-case'), registry.get(formation.kind)];
    expect(row.relations[formation.relation]?.to).toEqual([formation.kind]);
    for (const [part, from] of Object.entries(formation.parts))
      expect([part, formed.fields[part]?.type]).toEqual([part, row.fields[from]?.type]);
    expect(formedFields(formation, formed, { name: 'Triage', autonomy: 'action', unit: null })).toEqual({
      name: 'Triage',
      unit: null,
    });
    for (const kind of registry.kinds)
      if (kind.name !== 'use-case') expect(formationOf(kind)).toBeUndefined();
  });
});
