import { rejectionHeadings } from '@throughline/domain/import/rejected-file.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { exportRecords } from '../../records/export-records.ts';
import type { Context } from '../../store/context.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { importReport, previewImport } from './preview-import.ts';
import { readFile } from './read/read-file.ts';
import { rejectedFile } from './rejected-file.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const kind = registry.get('use-case');

async function office() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager']);
  const ctx = (): Context => kernel.context(organisation, actor);
  const analyse = (content: string, name = 'uses.csv') =>
    analyseFile(kernel.services, ctx(), { name, bytes: Buffer.from(content), kind });
  const names = async () => {
    const { rows } = await kernel.store.owner.query<{ title: string; fields: Record<string, unknown> }>(
      `select title, fields from record where organisation = $1 and kind = 'use-case' and archived_at is null order by number`,
      [organisation],
    );
    return rows.map((row) => [row.title, row.fields.purpose, row.fields.retiredOn]);
  };
  return { organisation, actor, ctx, analyse, names };
}

const file = `Use Case Name,Purpose,Date Retired
Triage,Sorts claims,2023
-5 degrees,"=1+1, says
the ""manual""",31/31/2023
,Nobody knows,2024
'quoted',+49 1234,soon
`;
/** As somebody mends it in a spreadsheet. */
const mended = (csv: string) =>
  csv
    .replace(',31/31/2023\r\n', ',31/12/2023\r\n')
    .replace(',,Nobody knows', ',Found,Somebody knows')
    .replace(',soon\r\n', ',2025\r\n');

test('the rows that are not taken whole come as they are, safe to open, with line, column and reason', async () => {
  const { ctx, analyse } = await office();
  const stored = await analyse(file);
  const rejected = await rejectedFile(kernel.services, ctx(), stored.id);
  expect([rejected.name, rejected.rows]).toEqual(['uses-rejected.csv', 3]);
  const [head, ...lines] = rejected.csv.split('\r\n');
  expect(head).toBe(`\uFEFF${rejectionHeadings.join(',')},Use Case Name,Purpose,Date Retired`);
  expect(rejected.csv).not.toContain('Sorts claims');
  expect(lines[0]).toMatch(/^3,Date Retired,.*,'-5 degrees,"'=1\+1, says\nthe ""manual""",31\/31\/2023$/s);
  expect(lines[1]).toMatch(/^4,the whole row,Name is needed\.,,Nobody knows,2024$/);
  expect(lines[2]).toMatch(/^5,Date Retired,.*,''quoted','\+49 1234,soon$/);
  for (const cell of rejected.csv.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^[=+\-@\t]/);
});

test('after applying they are the same, and what was mended comes into the records that it was meant for', async () => {
  const { ctx, analyse, names } = await office();
  const stored = await analyse(file);
  const before = await rejectedFile(kernel.services, ctx(), stored.id);
  await applyImport(kernel.services, ctx(), stored.id);
  const after = await rejectedFile(kernel.services, ctx(), stored.id);
  expect(after.csv).toBe(before.csv);
  const report = await importReport(kernel.services, ctx(), stored.id);
  expect(report.rejected.map(({ row, column }) => [row, column])).toEqual([
    [4, ''],
    [3, 'Date Retired'],
    [5, 'Date Retired'],
  ]);
  expect(await names()).toEqual([
    ['Triage', 'Sorts claims', '2023'],
    ['-5 degrees', '=1+1, says\nthe "manual"', undefined],
    ["'quoted'", '+49 1234', undefined],
  ]);

  const again = await analyse(mended(after.csv), 'mended.csv');
  expect(again.source).toBe(stored.source);
  expect(again.analysis.headers).toEqual(['Use Case Name', 'Purpose', 'Date Retired']);
  expect(again.analysis.file.notes.join(' ')).toContain('rows that an earlier import did not take whole');
  expect((await previewImport(kernel.services, ctx(), again.id)).counts).toMatchObject({
    added: 1,
    changed: 2,
    missing: 1,
    rejected: 0,
  });
  await applyImport(kernel.services, ctx(), again.id);
  expect(await names()).toEqual([
    ['Triage', 'Sorts claims', '2023'],
    ['-5 degrees', '=1+1, says\nthe "manual"', '2023-12-31'],
    ["'quoted'", '+49 1234', '2025'],
    ['Found', 'Somebody knows', '2024'],
  ]);
  const nothing = await rejectedFile(kernel.services, ctx(), again.id);
  expect([nothing.rows, nothing.csv.split('\r\n').length]).toEqual([0, 2]);
});

test('a file of rejected rows that a spreadsheet saved in its own way is still known', async () => {
  const { ctx, analyse } = await office();
  const { csv } = await rejectedFile(kernel.services, ctx(), (await analyse(file)).id);
  const table = await readFile(Buffer.from(`\uFEFF${csv.slice(1).replaceAll(',', ';')}`), 'x.csv');
  expect(table.headers).toEqual(['Use Case Name', 'Purpose', 'Date Retired']);
  expect(table.rows.map((row) => row[0])).toEqual(['-5 degrees', '', "'quoted'"]);
  expect(table.numbers[0]).toBe(2);
});

test('an export that is read again has the cells of the register, without the apostrophes of the export', async () => {
  const { organisation, actor, ctx, analyse } = await office();
  await applyImport(kernel.services, ctx(), (await analyse(file)).id);
  const { body } = await exportRecords(kernel.services, { organisation, actor, kind, query: {} });
  const parts: string[] = [];
  for await (const part of body) parts.push(String(part));
  expect(parts.join('')).toContain("'-5 degrees");
  const table = await readFile(Buffer.from(parts.join('')), 'export.csv');
  const column = table.headers.indexOf('Name');
  expect(table.rows.map((row) => row[column])).toEqual(['Triage', '-5 degrees', "'quoted'"]);
});

test('a foreign file keeps its apostrophes', async () => {
  const table = await readFile(Buffer.from("Name,Note\nA,'-5\n"), 'x.csv');
  expect(table.rows).toEqual([['A', "'-5"]]);
});
