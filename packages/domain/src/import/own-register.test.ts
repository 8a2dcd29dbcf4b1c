import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import type { ProposedColumn } from './mapping.ts';
import {
  areOurs,
  type Claim,
  type Claimed,
  claimsOf,
  markOf,
  numberOf,
  ownColumns,
  refColumn,
  registerColumns,
  withoutUnsaid,
} from './own-register.ts';
import { type ParsedRow, rowReader } from './parse-row.ts';
import { proposeMapping } from './propose.ts';

const model = registry.get('model');

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('an export of %s', (_, kind) => {
  const columns = registerColumns(kind);

  test('has headings that differ, whatever the case: a file tells its columns by them', () => {
    const headers = columns.map(({ header }) => header.toLowerCase());
    expect(headers.filter((header, at) => headers.indexOf(header) !== at)).toEqual([]);
  });

  test('begins with the ref and ends with the version and when it was written', () => {
    expect([columns[0]?.header, columns.at(-2)?.header, columns.at(-1)?.header]).toEqual([
      'Ref',
      'Record version',
      'Changed',
    ]);
  });

  test('says every field, every relation and the state, once each', () => {
    const parts = columns.flatMap(({ part }) => part ?? []);
    expect(parts.sort()).toEqual(
      ['ref', 'state', ...Object.keys(kind.fields), ...Object.keys(kind.relations)].sort(),
    );
  });

  test('comes back to the parts that it came from, but for what no cell can carry', () => {
    const cells = ['x'];
    const { columns: proposed } = proposeMapping(
      kind,
      columns.map(({ header }) => ({ header, cells })),
      { source: '', year: 2026, own: { why: 'They are.' } },
    );
    expect(proposed.map(({ rule }) => rule.target)).toEqual(columns.map(({ target }) => target));
    expect(proposed[0]).toMatchObject({ confidence: 'sure', why: 'They are.' });
    for (const { target, part } of columns) {
      const type = kind.fields[part ?? '']?.type;
      if (target === null && part !== null) expect(['rows', 'file'], part).toContain(type);
    }
  });

  test('without the proof that it is ours, its refs are keys', () => {
    const { columns: proposed } = proposeMapping(
      kind,
      columns.map(({ header }, at) => ({ header, cells: at === 0 ? [`${kind.prefix}-1`] : ['x'] })),
      { source: '', year: 2026 },
    );
    expect(proposed[0]?.rule.target).toBe('key');
  });
});

describe('the column of refs', () => {
  test.each<[string, string[], string[][], number | undefined]>([
    ['headed as the export writes it', ['Ref', 'Name'], [['MDL-1', 'a']], 0],
    ['wherever it stands', ['Name', 'Ref'], [['a', 'MDL-1']], 1],
    ['in another case, with white space', ['Name', ' REF '], [['a', ' mdl-1 ']], 1],
    ['with blank cells for new rows', ['Ref'], [['MDL-1'], [''], [' ']], 0],
    ['with a few that are none', ['Ref'], [['MDL-1'], ['MDL-2'], ['x']], 0],
    ['mostly of something else', ['Ref'], [['MDL-1'], ['x'], ['y']], undefined],
    ['of another kind', ['Ref'], [['SYS-1']], undefined],
    ['all blank', ['Ref'], [[''], ['']], undefined],
    ['headed in another way', ['Model', 'Reference'], [['MDL-1', 'MDL-1']], undefined],
    ['of a file without rows', ['Ref'], [], undefined],
    ['cut off in a short row', ['Name', 'Ref'], [['a'], ['b', 'MDL-2']], 1],
  ])('%s', (_, headers, rows, expected) => {
    expect(refColumn(model, headers, rows)).toBe(expected);
  });

  test.each([
    ['MDL-1', 1],
    [' mdl-42\u00a0', 42],
    ['MDL-999999999', 999_999_999],
    ['MDL-0', undefined],
    ['MDL-01', undefined],
    ['MDL-1.0', undefined],
    ['MDL-9999999999', undefined],
    ['MDL 1', undefined],
    ['SYS-1', undefined],
    ['1', undefined],
    ['', undefined],
    ['MDL-1; MDL-2', undefined],
  ])('%j names the number %s', (cell, number) => {
    expect(numberOf(model, cell)).toBe(number);
  });
});

describe('which version a row was exported from', () => {
  const headers = ['Ref', 'Record version', 'Changed'];
  const at = '2026-11-21T09:30:00.123Z';

  test.each([
    ['3', at, { version: 3, at }],
    [' 3 ', ` ${at} `, { version: 3, at }],
    ['', at, null],
    ['3', '', null],
    ['0', at, null],
    ['3.0', at, null],
    ['-1', at, null],
    ['3', '2026-11-21 09:30', null],
    ['3', '2026-11-21T09:30:00Z', null],
    ['3', '21/11/2026', null],
  ])('%j written %j', (version, changed, mark) => {
    expect(markOf(headers, ['MDL-1', version, changed])).toEqual(mark);
  });

  test('is not said where the columns are gone', () => {
    expect(markOf(['Ref', 'Changed'], ['MDL-1', at])).toBeNull();
    expect(markOf(['Ref'], ['MDL-1'])).toBeNull();
  });

  test('claims are the rows that name a record, each with its mark and title', () => {
    const file = ['Ref', 'Name', 'Record version', 'Changed'];
    expect(
      claimsOf(
        model,
        file,
        [
          ['MDL-2', 'Sorter', '3', at],
          ['', 'New'],
          ['MDL-5', 'x'],
        ],
        0,
      ),
    ).toEqual([
      { number: 2, mark: { version: 3, at }, title: 'Sorter' },
      { number: 5, mark: null, title: 'x' },
    ]);
    expect(claimsOf(model, ['Ref'], [['MDL-2']], 0)).toEqual([{ number: 2, mark: null, title: null }]);
  });
});

describe('whose refs they are', () => {
  const [ours, theirs] = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.001Z'];
  const known = new Map<number, Claimed>([
    [1, { title: 'Sorter', written: new Map([[1, ours]]) }],
    [2, { title: 'Reader', written: new Map([[4, ours]]) }],
    [3, { title: 'Writer', written: new Map() }],
  ]);
  const claim = (number: number, title: string | null, mark: Claim['mark'] = null): Claim => ({
    number,
    title,
    mark,
  });

  test.each<[string, Claim[], ReturnType<typeof areOurs>]>([
    ['nothing is claimed', [], undefined],
    ['nothing that is claimed stands here', [claim(9, 'Sorter')], undefined],
    ['a version was written here at that moment', [claim(1, 'x', { version: 1, at: ours })], 'attested'],
    ['the moment differs by a millisecond', [claim(1, 'Sorter', { version: 1, at: theirs })], undefined],
    ['the moment is that of another version', [claim(1, 'Sorter', { version: 2, at: ours })], undefined],
    [
      'half of what stands here is attested',
      [claim(1, 'x', { version: 1, at: ours }), claim(2, 'x', { version: 4, at: theirs })],
      'attested',
    ],
    [
      'less than half is attested, though the titles agree',
      [
        claim(1, 'Sorter', { version: 1, at: ours }),
        claim(2, 'Reader', { version: 4, at: theirs }),
        claim(3, 'Writer', { version: 1, at: theirs }),
      ],
      undefined,
    ],
    [
      'rows of records that do not stand here count for nothing',
      [
        claim(1, 'x', { version: 1, at: ours }),
        claim(8, 'x', { version: 1, at: theirs }),
        claim(9, 'x', { version: 1, at: theirs }),
      ],
      'attested',
    ],
    ['the titles agree', [claim(1, ' SORTER '), claim(2, 'Reader')], 'alike'],
    ['half of the titles agree', [claim(1, 'Sorter'), claim(2, 'Changed')], 'alike'],
    ['most titles differ', [claim(1, 'Sorter'), claim(2, 'a'), claim(3, 'b')], undefined],
    ['an empty title agrees with none', [claim(1, '')], undefined],
    ['the file has no titles', [claim(1, null)], 'alike'],
  ])('%s', (_, claims, expected) => {
    expect(areOurs(claims, known)).toBe(expected);
  });
});

describe('places of a register that was exported here', () => {
  const proposed = (header: string, target: string | null): ProposedColumn => ({
    rule: { header, target },
    confidence: 'likely',
    why: 'It looks so.',
  });

  test('a column of somebody else keeps its place, unless an exported one has it', () => {
    const columns = ownColumns(
      model,
      [proposed('Ref', 'key'), proposed('Vendor', 'provider'), proposed('Provider', null)],
      'They are.',
    );
    expect(columns.map(({ rule }) => rule.target)).toEqual(['ref', null, 'provider']);
    const free = ownColumns(model, [proposed('Ref', 'key'), proposed('Vendor', 'provider')], 'They are.');
    expect(free[1]).toEqual(proposed('Vendor', 'provider'));
  });

  test('what was found out about a column stays where its place is the same', () => {
    const rule = { header: 'Version', target: 'version', values: { a: 'b' } };
    const [kept] = ownColumns(model, [{ rule, confidence: 'likely', why: '' }], '');
    expect(kept?.rule).toEqual(rule);
    const [moved] = ownColumns(
      model,
      [{ rule: { ...rule, target: 'name' }, confidence: 'likely', why: '' }],
      '',
    );
    expect(moved?.rule).toEqual({ header: 'Version', target: 'version' });
  });
});

describe('what a row does not say', () => {
  const headers = ['Ref', 'Name', 'Owner', 'Based on', 'State'];
  const columns = ['ref', 'name', 'owner', 'basedOn', 'state'].map((target, at) => ({
    header: headers[at] ?? '',
    target,
  }));
  const mapping = {
    kind: 'model',
    source: 's',
    profile: null,
    columns,
    identity: [],
    tellApart: [],
  };
  const read = (cells: readonly string[]): ParsedRow =>
    rowReader(model, undefined, mapping, headers, [cells], { year: 2026 }).read(2, cells);
  const written = new Map([
    ['name', 'Sorter'],
    ['owner', 'Nurse in charge'],
    ['basedOn', 'MDL-2\nMDL-3'],
    ['state', 'In use'],
  ]);
  const said = (cells: readonly string[]) => withoutUnsaid(read(cells), columns, headers, written);

  test('is all of it where every cell is as it was written', () => {
    const row = said(['MDL-1', 'Sorter', 'Nurse in charge', 'MDL-2\nMDL-3', 'In use']);
    expect(row).toMatchObject({ ref: 'MDL-1', fields: {}, links: {}, reports: [] });
    expect(row).not.toHaveProperty('state');
  });

  test('line ends and outer white space of a spreadsheet are no change', () => {
    expect(said(['MDL-1', ' Sorter ', 'Nurse in charge\n', 'MDL-2\r\nMDL-3', 'In use'])).toMatchObject({
      fields: {},
      links: {},
      reports: [],
    });
  });

  test('a changed cell is said, and no other', () => {
    const row = said(['MDL-1', 'Reader', 'Nurse in charge', 'MDL-2', 'In use']);
    expect(row.fields).toEqual({ name: 'Reader' });
    expect(row.links).toEqual({ basedOn: ['MDL-2'] });
  });

  test('an emptied cell is said', () => {
    expect(said(['MDL-1', 'Sorter', '', '', 'In use'])).toMatchObject({
      fields: { owner: null },
      links: { basedOn: [] },
    });
  });

  test('a changed cell that cannot be read is reported; one that stands as it was written never is', () => {
    const row = said(['MDL-1', 'Sorter', 'Nobody here', 'MDL-2\nMDL-3', 'In use']);
    expect(row.reports.map(({ column, rejected }) => [column, rejected])).toEqual([['Owner', true]]);
    expect(read(['MDL-1', 'Sorter', 'Nurse in charge', '', '']).reports).not.toEqual([]);
  });

  test('a part that the register does not write is always said', () => {
    const row = withoutUnsaid(read(['MDL-1', 'Sorter', '', '', '']), columns, headers, new Map());
    expect(row.fields).toEqual({ name: 'Sorter', owner: null });
  });

  test('whatever stands in a record, its own cells say nothing about it', () => {
    const cell = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(fc.tuple(cell, cell, cell, cell), ([name, owner, basedOn, state]) => {
        const texts = new Map([
          ['name', name],
          ['owner', owner],
          ['basedOn', basedOn],
          ['state', state],
        ]);
        const row = withoutUnsaid(read(['MDL-1', name, owner, basedOn, state]), columns, headers, texts);
        expect([row.fields, row.links, row.state, row.reports]).toEqual([{}, {}, undefined, []]);
      }),
    );
  });
});
