import { readFileSync } from 'node:fs';
import { precisionOf } from '@throughline/domain/day.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { inventory, withoutInventory } from '../../../test/samples.ts';
import type { Context } from '../../store/context.ts';
import type { StoredImport } from '../../store/imports.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { importReport, previewImport } from './preview-import.ts';
import { undoImport } from './undo-import.ts';

const bytes = withoutInventory ? Buffer.alloc(0) : readFileSync(inventory);
const useCase = registry.get('use-case');

let kernel: TestKernel;
let organisation: string;
let ctx: () => Context;
let first: StoredImport;
beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  ctx = () => kernel.context(organisation, manager);
});
afterAll(() => kernel.close());

const analyse = (file: Buffer) =>
  analyseFile(kernel.services, ctx(), { name: 'us-federal-2024.csv', bytes: file, kind: useCase });
const count = async (sql: string) => {
  const { rows } = await kernel.store.owner.query(sql, [organisation]);
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
};
const live = `select kind as name, count(*)::int as n from record where organisation = $1 and archived_at is null group by kind`;
const entries = async () =>
  (await count(`select 'all' as name, count(*)::int as n from entry where organisation = $1`)).all ?? 0;

describe.skipIf(withoutInventory)('the inventory of US federal agencies', { timeout: 120_000 }, () => {
  test('is recognised, and nothing is in the register before it is applied', async () => {
    first = await analyse(bytes);
    expect(first.analysis.mapping).toMatchObject({
      profile: 'us-federal-2024',
      source: 'us-federal-inventory',
    });
    expect(first.analysis.columns.filter((column) => column.confidence === 'sure')).toHaveLength(62);
    expect(await count(live)).toEqual({});
    expect(await entries()).toBe(0);
  });

  test('is previewed with every cell that is coerced or rejected', async () => {
    const preview = await previewImport(kernel.services, ctx(), first.id);
    expect(preview.counts).toMatchObject({ added: 2133, changed: 0, unchanged: 0, missing: 0 });
    expect(preview.equalRows).toHaveLength(3);
    expect(preview.coerced).toHaveLength(500);
    const report = await importReport(kernel.services, ctx(), first.id);
    expect(report.coerced).toHaveLength(preview.counts.coerced);
    expect(report.rejected).toHaveLength(preview.counts.rejected);
    const rejected = report.rejected.map((cell) => cell.raw);
    expect(rejected).toEqual(expect.arrayContaining(['10/12023', 'Pre-2021', '2015-2022', '24-Nov']));
    expect(report.coerced.filter((cell) => cell.message.includes('took for a day number'))).toHaveLength(134);
    expect(report.coerced).toContainEqual(expect.objectContaining({ raw: 'Q4FY25', parsed: '2025-Q3' }));
    expect(report.coerced).toContainEqual(
      expect.objectContaining({ raw: 'Rights-Impacting\n', parsed: 'Rights-impacting' }),
    );
    expect(await count(live)).toEqual({});
  });

  test('becomes 2,133 use cases, each of a system of its own, in one change', async () => {
    const applied = await applyImport(kernel.services, ctx(), first.id, {
      expect: { added: 2133, changed: 0, missing: 0 },
    });
    expect(applied.state).toBe('applied');
    expect(await count(live)).toEqual({ system: 2133, 'use-case': 2133 });
    expect(
      await count(`select act as name, count(*)::int as n from entry where organisation = $1 group by act`),
    ).toEqual({
      'record.created': 4266,
      'import.applied': 1,
    });
    expect(
      await count(
        `select state as name, count(*)::int as n from record where organisation = $1 and kind = 'system' group by state`,
      ),
    ).toEqual({
      inception: 408,
      'design-development': 404,
      'verification-validation': 287,
      'operation-monitoring': 892,
      retirement: 142,
    });
    expect(
      await count(`select 'linked' as name, count(*)::int as n from record u
      join link l on l.organisation = u.organisation and l.from_record = u.id and l.relation = 'system'
      join record s on s.organisation = u.organisation and s.id = l.to_record and s.id = u.system and s.title = u.title
      where u.organisation = $1 and u.kind = 'use-case'`),
    ).toEqual({ linked: 2133 });
  });

  test('keeps dates with their precision and never one that the file does not say', async () => {
    const { rows } = await kernel.store.owner.query<{ day: string }>(
      `select d.value as day from record r cross join lateral (values (r.fields->>'beganOn'), (r.fields->>'acquisitionBeganOn'),
        (r.fields->>'liveSince'), (r.fields->>'retiredOn')) d(value) where r.organisation = $1 and r.kind = 'use-case' and d.value is not null`,
      [organisation],
    );
    const byPrecision = Map.groupBy(rows, (row) => precisionOf(row.day));
    expect(byPrecision.get('year')).toHaveLength(134);
    expect(byPrecision.get('quarter')).toHaveLength(2);
    expect(byPrecision.get('day')).toHaveLength(2958 - 134);
    expect(byPrecision.get('month')).toBeUndefined();
    expect(rows.every((row) => row.day >= '1993' && row.day < '2028')).toBe(true);
  });

  test('keeps four kinds of answer, and its impact class as another scheme alone', async () => {
    const stated = (field: string) =>
      count(
        `select coalesce(fields->>'${field}', 'blank') as name, count(*)::int as n from record where organisation = $1 and kind = 'use-case' group by 1`,
      );
    expect(await stated('impactAssessmentStated')).toEqual({
      blank: 1805,
      yes: 114,
      no: 97,
      'not-applicable': 117,
    });
    expect(await stated('personalData')).toEqual({ blank: 1044, yes: 175, no: 874, 'not-applicable': 40 });
    expect(
      await count(`select c->>'value' as name, count(*)::int as n from record, jsonb_array_elements(fields->'externalClasses') c
        where organisation = $1 and kind = 'use-case' and c->>'scheme' = 'US OMB M-24-10' and c->>'value' not like 'No,%' group by 1`),
    ).toEqual({
      Neither: 1722,
      Both: 195,
      'Rights-impacting': 131,
      'Safety-impacting': 25,
      'Case-by-case assessment': 1,
    });
    expect(
      await count(
        `select kind as name, count(*)::int as n from record where organisation = $1 and kind = 'classification' group by 1`,
      ),
    ).toEqual({});
  });

  test('keeps every raw cell beside the record', async () => {
    const { rows } = await kernel.store.owner.query<{ raw: string[]; title: string }>(
      `select w.raw, r.title from import_row w join record r on r.id = w.record where w.import = $1 and w.row = 2`,
      [first.id],
    );
    expect(rows[0]?.raw).toHaveLength(62);
    expect(rows[0]?.raw[0]).toBe(rows[0]?.title);
    expect(
      await count(
        `select 'raw' as name, count(*)::int as n from import_row where organisation = $1 and record is not null`,
      ),
    ).toEqual({ raw: 2133 });
  });

  test('changes nothing when the same file comes again', async () => {
    const before = await entries();
    const again = await analyse(bytes);
    expect((await previewImport(kernel.services, ctx(), again.id)).counts).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 2133,
      missing: 0,
    });
    await applyImport(kernel.services, ctx(), again.id);
    expect(await entries()).toBe(before + 1);
    expect(await count(live)).toEqual({ system: 2133, 'use-case': 2133 });
  });

  test('shows exactly what a newer file adds, changes and no longer has, and undoes it', async () => {
    const text = iconv.decode(bytes, 'win1252');
    const rows = splitRows(text);
    const generative = rows.findIndex((row) => row.startsWith('Generative AI Usage,'));
    const changedRow = rows[100]
      ?.replace(
        /Operation and Maintenance|Initiated|Acquisition and\/or Development|Implementation and Assessment/,
        'Retired',
      )
      .replace('functionality will augment', 'functionality augments');
    const newer = [
      ...rows.slice(0, 2),
      'A use of its own,Department of Justice,DOJ,FBI,Law & Justice',
      ...rows.slice(2, 100),
      changedRow ?? '',
      ...rows.slice(101, generative + 1),
      ...rows.slice(generative + 2),
    ].join('\r\n');
    const file = await analyse(iconv.encode(newer, 'win1252'));
    const preview = await previewImport(kernel.services, ctx(), file.id);
    expect(preview.counts).toMatchObject({ added: 1, changed: 1, unchanged: 2131, missing: 1 });
    expect(preview.added.map((row) => row.title)).toEqual(['A use of its own']);
    expect(preview.changed[0]?.changes.map(({ part }) => part)).toEqual(['purpose', 'system.purpose']);
    const row = preview.changed[0]?.row;
    const report = await importReport(kernel.services, ctx(), file.id);
    const left = report.rejected.filter((cell) => cell.row === row && /stays at "/.test(cell.message));
    expect(left.map(({ raw }) => raw)).toEqual(['Retired', 'Retired']);
    expect(preview.missing.map((record) => record.title)).toEqual(['Generative AI Usage']);
    await expect(
      applyImport(kernel.services, ctx(), file.id, { expect: { added: 9, changed: 1, missing: 1 } }),
    ).rejects.toMatchObject({ code: 'changed' });
    // It is in use, so archiving leaves it: what goes on is ended by its step.
    expect(preview.counts.stays).toBe(1);
    await applyImport(kernel.services, ctx(), file.id, { archiveMissing: true });
    expect(await count(live)).toEqual({ system: 2134, 'use-case': 2134 });
    await undoImport(kernel.services, ctx(), file.id);
    expect(await count(live)).toEqual({ system: 2133, 'use-case': 2133 });
    const again = await analyse(bytes);
    expect((await previewImport(kernel.services, ctx(), again.id)).counts).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 2133,
      missing: 0,
    });
  });

  test('is undone whole: the registers are empty, the log is longer, and the file can come again', async () => {
    const before = await entries();
    await undoImport(kernel.services, ctx(), first.id);
    expect(await count(live)).toEqual({});
    expect(await entries()).toBe(before + 4266 + 1);
    const again = await analyse(bytes);
    expect((await previewImport(kernel.services, ctx(), again.id)).counts).toMatchObject({
      added: 2133,
      unchanged: 0,
    });
  });
});

/** Rows of separated values as they stand, line breaks inside quotation marks among them. */
function splitRows(text: string): string[] {
  const rows: string[] = [''];
  for (const line of text.trimEnd().split('\r\n')) {
    const last = rows.at(-1) ?? '';
    const open = last.split('"').length % 2 === 0;
    if (open) rows[rows.length - 1] = `${last}\r\n${line}`;
    else rows.push(line);
  }
  return rows.slice(1);
}
