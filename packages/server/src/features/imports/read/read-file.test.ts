import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { type CellValue, writeXlsx } from 'hucre';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { inventory, withoutInventory } from '../../../../test/samples.ts';
import { collect, readFile } from './read-file.ts';
import { format } from './sheet-bounds.ts';
import { limits } from './table.ts';

const read = (text: string | Buffer, options = {}) => readFile(Buffer.from(text), 'inventory.csv', options);
const refusal = (bytes: string | Buffer, name = 'inventory.csv') =>
  readFile(Buffer.from(bytes), name).then(
    () => ({ code: 'read', message: '', items: [] }),
    (error) => error,
  );

describe('the real inventory', () => {
  test.skipIf(withoutInventory)('2,133 rows of 62 columns, in the encoding it was written in', async () => {
    const bytes = readFileSync(inventory);
    const table = await readFile(bytes, 'us-federal-2024.csv');
    expect(table).toMatchObject({ encoding: 'windows-1252', delimiter: ',', headerRow: 1, notes: [] });
    expect(table.rows).toHaveLength(2133);
    expect(table.headers).toHaveLength(62);
    expect(new Set(table.headers).size).toBe(62);
    expect(table.headers.filter((header) => header.startsWith('If Other, please explain. ('))).toHaveLength(
      9,
    );
    expect(table.headers[8]).toBe('Describe the AI system’s outputs.');
    expect(table.rows.flat().join('')).not.toContain('\ufffd');
    expect(table.numbers.at(-1)).toBe(2134);
  });
});

describe('separated values', () => {
  test('a first row of known names is the headings, and cells beyond it are kept under their places', async () => {
    const table = await read('Name,Purpose\nA,b,c,d\nE\n');
    expect([table.headerRow, table.headers]).toEqual([1, ['Name', 'Purpose', 'Column 3', 'Column 4']]);
    expect(table.rows).toEqual([
      ['A', 'b', 'c', 'd'],
      ['E', '', '', ''],
    ]);
  });
  const rows = 'Name,Größe\r\n"Prüfung, ""A""","1\n2"\r\nB,3\r\n';
  const expected = [
    ['Prüfung, "A"', '1\n2'],
    ['B', '3'],
  ];
  test.each([
    ['utf-8', Buffer.from(rows)],
    ['utf-8', Buffer.from(`\ufeff${rows}`)],
    ['utf-16le', Buffer.from(`\ufeff${rows}`, 'utf16le')],
    ['utf-16le', Buffer.from(rows, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${rows}`, 'utf16le').swap16()],
    ['utf-32le', iconv.encode(`\ufeff${rows}`, 'utf-32le')],
  ])('%s is recognised', async (encoding, bytes) => {
    const table = await read(bytes);
    expect(table.encoding).toBe(encoding);
    expect(table.headers).toEqual(['Name', 'Größe']);
    expect(table.rows).toEqual(expected);
  });
  test.each(['windows-1252', 'windows-1251', 'shift_jis', 'macroman'])(
    'a wrong guess can be overridden: %s',
    async (encoding) => {
      const text =
        encoding === 'windows-1251'
          ? 'Имя,Цель\nПроверка,Да\n'
          : encoding === 'shift_jis'
            ? '名前,目的\n検査,はい\n'
            : rows;
      const table = await read(iconv.encode(text, encoding), { encoding });
      expect(table.encoding).toBe(encoding);
      expect(table.headers.join()).toBe(text.split(/\r?\n/)[0]);
    },
  );
  test('Mac Roman is told by small letters within words, and not taken for anything else', async () => {
    const words = 'Nom,Usage\nPrévision des coûts,Aperçu\nPrüfung,für Schäden\nSeñal,atención\n';
    const found = async (text: string, encoding: string) =>
      (await read(iconv.encode(text, encoding))).encoding;
    const mac = await read(iconv.encode(words, 'macroman'));
    expect([mac.encoding, mac.rows[0], mac.rows[1]]).toEqual([
      'macroman',
      ['Prévision des coûts', 'Aperçu'],
      ['Prüfung', 'für Schäden'],
    ]);
    expect(await found(words, 'windows-1252')).toBe('windows-1252');
    // Quotation marks and dashes of Windows stand where Mac Roman has letters.
    expect(await found('Name,Note\nThe clerk’s tool,don’t—ever: “yes”\n', 'windows-1252')).toBe(
      'windows-1252',
    );
    expect(await found('Nom,Note\nUn cœur,des œuvres\n', 'windows-1252')).not.toBe('macroman');
    expect(await found('Jméno,Účel\nšetření žádostí,těžké případy, že ještě\n', 'windows-1250')).not.toBe(
      'macroman',
    );
    expect(await found('名前,目的\nテスト検査,データはいdesuka\n', 'shift_jis')).not.toBe('macroman');
    expect(await found('Nom,Note\nRépété,éèêë déjà\n', 'cp850')).not.toBe('macroman');
    expect(await found('Имя,Цель\nПроверка заявок,Да\n', 'windows-1251')).not.toBe('macroman');
  });
  test.each([',', ';', '\t', '|'])('the sign %j between cells is found', async (sign) => {
    const table = await read(`Name${sign}Purpose\n"a${sign}b"${sign}"reads, writes"\nc${sign}"d; e"\n`);
    expect(table.delimiter).toBe(sign);
    expect(table.rows).toEqual([
      [`a${sign}b`, 'reads, writes'],
      ['c', 'd; e'],
    ]);
  });
  test('headings below a title and empty rows; numbers are those of a spreadsheet', async () => {
    const table = await read(',,\nInventory 2024,,\n,,\nName ,Unit,Stage\na,b,c\n\n,,\nd,e,f\n');
    expect(table).toMatchObject({ headerRow: 4, headers: ['Name', 'Unit', 'Stage'], numbers: [5, 8] });
    const stated = await read('a,b\nc,d\ne,f\n', { headerRow: 2 });
    expect(stated).toMatchObject({ headers: ['c', 'd'], numbers: [3] });
  });
  test('uneven rows, a single column and quotation marks inside cells', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).rows).toEqual([
      ['1', '', ''],
      ['1', '2', '3'],
    ]);
    expect((await read('Name\nx\n')).headers).toEqual(['Name']);
    expect((await read('a,b\n5" pipe,2\n')).rows).toEqual([['5" pipe', '2']]);
  });
});

describe('workbooks', () => {
  const workbook = (sheets: { name: string; rows: CellValue[][] }[]) =>
    writeXlsx({ sheets }).then((bytes) => Buffer.from(bytes));
  test('the sheet with the most rows, days as days, digits as they are, headings in row 2', async () => {
    const bytes = await workbook([
      { name: 'Read me', rows: [['hello']] },
      {
        name: 'Data',
        rows: [
          [],
          ['Name', 'Day', 'Number', 'Flag'],
          [' a ', new Date(Date.UTC(2023, 6, 1)), 1.5, true],
          ['-b', new Date(Date.UTC(1905, 6, 15)), 45_108, false],
        ],
      },
    ]);
    const table = await readFile(bytes, 'inventory.xlsx');
    expect(table).toMatchObject({ format: 'xlsx', sheet: 'Data', headerRow: 2, numbers: [3, 4] });
    expect(table.rows).toEqual([
      [' a ', '2023-07-01', '1.5', 'TRUE'],
      ['-b', '1905-07-15', '45108', 'FALSE'],
    ]);
    expect(table.sheets).toEqual([
      { name: 'Read me', rows: 1 },
      { name: 'Data', rows: 3 },
    ]);
    expect(table.notes.join()).toContain('2 sheets');
    await expect(readFile(bytes, 'inventory.xlsx', { sheet: 'Nowhere' })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
  test('formulas give the value they last showed, and it is said', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Data',
          rows: [
            ['Name', 'Sum'],
            ['a', null],
          ],
          cells: new Map([['1,1', { formula: 'SUM(1,2)', formulaResult: 3, value: 3 }]]),
        },
      ],
    });
    const table = await readFile(Buffer.from(bytes), 'sums.xlsx');
    expect(table.rows).toEqual([['a', '3']]);
    expect(table.notes.join()).toContain('1 formulas');
  });
  test('errors and formulas without a value stand in their cells, and are not taken for empty ones', async () => {
    const cells = [
      '<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" s="0"/><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c r="A3" t="inlineStr"><is><t>b</t></is></c><c r="B3"><f>C2&amp;"x"</f></c><c r="C3"><f>A1</f><v></v></c>',
      '<c r="A4" t="inlineStr"><is><t>c</t></is></c><c r="B4" t="str"><f>""</f><v></v></c><c r="C4"><f>1+1</f><v>2</v></c>',
      '<c r="D5" t="e"><v>#REF!</v></c>',
    ].map((row, index) => `<row r="${index + 2}">${row}</row>`);
    const heads = ['Name', 'Note', 'Day', 'End'].map(
      (head, index) => `<c r="${'ABCD'[index]}1" t="inlineStr"><is><t>${head}</t></is></c>`,
    );
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const relations = (to: string) =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${to}</Relationships>`;
    const bytes = zip(
      Object.entries({
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
        '_rels/.rels': relations(
          `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`,
        ),
        'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="D &amp; E" sheetId="1" r:id="rId7"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': relations(
          `<Relationship Id="rId7" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`,
        ),
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><dimension ref="A1:D5"/><sheetData><row r="1">${heads.join('')}</row>${cells.join('')}</sheetData></worksheet>`,
      }).map(([part, xml]): [string, Buffer] => [part, Buffer.from(xml)]),
    );
    const table = await readFile(bytes, 'errors.xlsx');
    expect(table.headers).toEqual(['Name', 'Note', 'Day', 'End']);
    expect(table.rows).toEqual([
      ['a', '', '#DIV/0!', ''],
      ['b', '#FORMULA! =C2&"x"', '#FORMULA! =A1', ''],
      ['c', '', '2', ''],
      ['', '', '', '#REF!'],
    ]);
    expect(table.notes.join()).toContain('4 cells hold an error');
  });
  test('a workbook that is cut off, damaged or something else is refused by name', async () => {
    const bytes = await workbook([{ name: 'Data', rows: [['Name'], ['a']] }]);
    expect(await refusal(bytes.subarray(0, bytes.length / 2), 'half.xlsx')).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('half.xlsx'),
    });
    const damaged = Buffer.from(bytes);
    damaged.fill(0x5a, 40, 200);
    expect(await refusal(damaged, 'damaged.xlsx')).toMatchObject({ code: 'unsupported' });
    expect(await refusal(zip([['readme.txt', Buffer.from('x')]]), 'other.xlsx')).toMatchObject({
      message: expect.stringContaining('no Excel workbook'),
    });
  });
  test('bombs are refused: one that lies about its size, one that does not, one lonely cell far away', async () => {
    const bomb = Buffer.alloc(50_000_000);
    expect(await refusal(zip([['xl/workbook.xml', bomb, 1000]]))).toMatchObject({ code: 'too-large' });
    const many = Array.from({ length: 20 }, (_, index): [string, Buffer] => [`xl/media/${index}`, bomb]);
    expect(await refusal(zip([['xl/workbook.xml', Buffer.from('<a/>')], ...many]))).toMatchObject({
      code: 'too-large',
    });
    const far = Buffer.from(
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    );
    expect(
      await refusal(
        zip([
          ['xl/workbook.xml', Buffer.from('<a/>')],
          ['xl/worksheets/sheet1.xml', far],
        ]),
      ),
    ).toMatchObject({
      code: 'too-large',
      items: [{ at: 'xl/worksheets/sheet1.xml' }],
    });
    const entities = Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    expect(await refusal(zip([['xl/workbook.xml', entities]]))).toMatchObject({ code: 'unsupported' });
  });
});

describe('workbooks that go beyond what a sheet can have', () => {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const book = (sheet: string, shared = '') =>
    zip(
      Object.entries({
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
        'xl/sharedStrings.xml': `<sst xmlns="${main}">${shared}</sst>`,
        'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Data &amp; more" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      }).map(([part, xml]): [string, Buffer] => [part, Buffer.from(xml)]),
    );
  const head = `<row r="1">${inline('A1', 'Name')}${inline('B1', 'Purpose')}</row>`;
  const shares = (number: number) =>
    `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>${number}</v></c></row>`;
  const x = (length: number) => 'x'.repeat(length);
  test.each([
    [
      'a cell of 30 million characters',
      book(`${head}<row r="2">${inline('A2', 'a')}${inline('B2', x(30_000_000))}</row>`),
      'Sheet "Data & more", row 2, column 2 has 30,000,000 characters; 32,767 is the most.',
      'row 2, column 2',
    ],
    [
      'a cell of many long pieces',
      book(`${head}<row><c t="inlineStr"><is>${`<r><t>${x(20_000)}</t></r>`.repeat(2)}</is></c></row>`),
      'Sheet "Data & more", row 2, column 1 has 40,000 characters; 32,767 is the most.',
      'row 2, column 1',
    ],
    [
      'a shared text',
      book(`${head}${shares(1)}`, `<si><t>a</t></si><si><t>${x(2_000_000)}</t></si>`),
      'Sheet "Data & more", row 2, column 2 has 2,000,000 characters; 32,767 is the most.',
      'row 2, column 2',
    ],
    [
      'a shared text that no cell shows',
      book(`${head}${shares(0)}`, `<si><t>a</t></si><si><t>${x(40_000)}</t></si>`),
      'A text that cells share has 40,000 characters',
      'big.xlsx',
    ],
    [
      'a row far below',
      book(`${head}<row r="99999999999">${inline('ZZZZZZZ99999999999', 'a')}</row>`),
      'Sheet "Data & more" has a row "99999999999"; 1,048,576 is the last that a sheet has.',
      'row 99999999999',
    ],
    [
      'a cell far to the right',
      book(`${head}<row r='2'><c r='ZZZZZZZ2'><v>1</v></c></row>`),
      'Sheet "Data & more" has a cell "ZZZZZZZ2" below row 2; XFD1048576 is the last that a sheet has.',
      'cell ZZZZZZZ2',
    ],
    [
      'a cell of a namespace of its own',
      book(`${head}<x:row r="2"><x:c r="XFE2"><x:v>1</x:v></x:c></x:row>`),
      'has a cell "XFE2"',
      'cell XFE2',
    ],
    [
      'a row far below that names a cell near by',
      book(`${head}<row r="1048576">${inline('ALL2', 'a')}</row>`),
      'reaches over 1000 columns and 1048576 rows',
      'xl/worksheets/sheet1.xml',
    ],
    [
      'a tag without end',
      book(`${head}<row ${x(2_000_000)}`),
      'characters in one piece',
      'xl/worksheets/sheet1.xml',
    ],
  ])('%s is told by sheet, row and column', async (_what, bytes, words, at) => {
    const error = await refusal(bytes, 'big.xlsx');
    expect([error.code, error.items.map((item: { at: string }) => item.at)]).toEqual(['too-large', [at]]);
    expect(error.message).toContain(words);
  });
  test('cells that are never closed are refused', async () => {
    expect(await refusal(book('<row><c t="e"><c t="e"></row>'))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('never closed'),
    });
  });
  test('as many characters as a cell may show are read, however they are written', async () => {
    const table = await readFile(
      book(
        `${head}<row r="2">${inline('A2', '&amp;'.repeat(format.cell))}<c r="B2" t="str"><f>${x(8_000)}</f><v>${'ü'.repeat(format.cell)}</v></c></row>`,
      ),
      'full.xlsx',
    );
    expect(table.rows.map((row) => row.map((cell) => cell.length))).toEqual([[format.cell, format.cell]]);
  });
});

describe('what is no table', () => {
  test.each([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from('\n\n,,\n'), 'headings'],
    ['headings alone', Buffer.from('a,b\n'), 'no row'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'PDF'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    ['a program', Buffer.from('ELF\n\u0001\u0000\u0001,\u0002'), 'Line 2'],
    ['a file cut off inside a quoted cell', Buffer.from('a,b\n1,2\n3,"4\n5,6\n'), 'Row 3'],
  ])('%s is refused by name and place', async (_what, bytes, words) => {
    const error = await refusal(bytes);
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('inventory.csv');
    expect(error.message).toContain(words);
  });
  test('too many columns and too long a cell are refused by row', async () => {
    const wide = `${'a,'.repeat(600)}b\n${'1,'.repeat(600)}2\n`;
    expect(await refusal(wide)).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('601 columns'),
    });
    const long = `a,b\n1,2\n3,${'x'.repeat(limits.cell + 1)}\n`;
    expect(await refusal(long)).toMatchObject({ code: 'too-large', items: [{ at: 'row 3, column 2' }] });
  });
  test('more rows than are taken are refused', async () => {
    expect(await refusal(`a,b\n${'1,2\n'.repeat(limits.rows + 1)}`)).toMatchObject({ code: 'too-large' });
  });
  test('a file of 500 MB is refused while it arrives, after the limit and no later', async () => {
    let sent = 0;
    async function* endless() {
      const part = Buffer.alloc(1024 * 1024, 'a');
      while (sent < 500) {
        sent += 1;
        yield part;
      }
    }
    await expect(collect('huge.csv', endless())).rejects.toMatchObject({ code: 'too-large' });
    expect(sent).toBe(101);
  });
});

/** A ZIP file of the parts given; the third of a part is the size that it claims. */
function zip(parts: readonly [string, Buffer, number?][]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes, claimed] of parts) {
    // Bombs are packed for as long as they are read; how tight is all the same.
    const packed = deflateRawSync(bytes, { level: 1 });
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(claimed ?? bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimed ?? bytes.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    files.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}
