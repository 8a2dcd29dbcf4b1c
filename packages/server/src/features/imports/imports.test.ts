import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { type CellValue, writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { inventory, withoutInventory } from '../../../test/samples.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createRecord } from '../../records/create-record.ts';
import { editRecord } from '../../records/edit-record.ts';
import { transitionRecord } from '../../records/transition-record.ts';
import type { Context } from '../../store/context.ts';
import { recentImports } from '../../store/imports.ts';
import { recordsAsOf } from '../../store/records-as-of.ts';
import { FactsCache } from '../line/facts.ts';
import { analyseFile, type Upload } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { changeMapping } from './change-mapping.ts';
import { presentImport } from './present-import.ts';
import { importReport, previewImport } from './preview-import.ts';
import { undoImport } from './undo-import.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function office(roles: readonly Role[] = ['aims-manager']) {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, roles);
  const ctx = (): Context => kernel.context(organisation, actor);
  const rows = async (kind: string) => {
    const { rows } = await kernel.store.owner.query(
      'select id, number, title, state, version, system, fields, links from record where organisation = $1 and kind = $2 and archived_at is null order by number',
      [organisation, kind],
    );
    return rows;
  };
  const analyse = (kind: string, content: string | Buffer, more: Partial<Upload> = {}) =>
    analyseFile(kernel.services, ctx(), {
      name: 'file.csv',
      bytes: Buffer.from(content),
      kind: registry.get(kind),
      ...more,
    });
  const apply = async (kind: string, content: string | Buffer, more: Partial<Upload> = {}) =>
    applyImport(kernel.services, ctx(), (await analyse(kind, content, more)).id);
  const preview = async (kind: string, content: string | Buffer) =>
    previewImport(kernel.services, ctx(), (await analyse(kind, content)).id);
  return { organisation, actor, ctx, rows, analyse, apply, preview };
}

const models = 'Name,Owner\nSorter,Head of claims\nReader,\n';

describe('any kind', () => {
  test('is imported without a profile, with owners found by name', async () => {
    const { apply, rows, actor } = await office();
    await apply('model', models);
    const made = await rows('model');
    expect(made.map((row) => [row.number, row.title, row.fields.owner])).toEqual([
      [1, 'Sorter', actor.member],
      [2, 'Reader', undefined],
    ]);
  });

  test('signs in a name that are not seen or turn words around lose no row, and it is told', async () => {
    const { apply, preview, rows } = await office();
    const file = 'Name,Owner\nSor\u0007ter\u202e,\nReader\u200b,\n';
    const seen = await preview('model', file);
    expect([seen.counts, seen.rejected]).toMatchObject([{ added: 2, rejected: 0 }, []]);
    expect(JSON.stringify(seen)).toContain('turn words around were taken away');
    await apply('model', file);
    expect((await rows('model')).map((row) => row.title)).toEqual(['Sorter', 'Reader']);
  });

  test('is read from a workbook like from a file of values', async () => {
    const { apply, rows, preview } = await office();
    const table: CellValue[][] = [
      [],
      ['Use case name', 'Department', 'Date implemented', 'Stage'],
      ['Triage', 'Claims', new Date(Date.UTC(2023, 6, 1)), 'Operation and Maintenance'],
      ['-5 degrees', 'Health', '2024-03', 'Retired'],
    ];
    const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'Data', rows: table }] }));
    await apply('use-case', bytes, { name: 'inventory.xlsx' });
    const made = await rows('use-case');
    expect(made.map((row) => [row.title, row.state, row.fields.unit, row.fields.liveSince])).toEqual([
      ['Triage', 'in-use', 'Claims', '2023-07-01'],
      ['-5 degrees', 'retired', 'Health', '2024-03'],
    ]);
    expect((await rows('system')).map((row) => [row.title, row.state])).toEqual([
      ['Triage', 'operation-monitoring'],
      ['-5 degrees', 'retirement'],
    ]);
    expect((await preview('use-case', bytes)).counts).toMatchObject({ unchanged: 2, added: 0 });
  });

  test('says how things stood elsewhere, and the line never takes that for a decision made here', async () => {
    const { organisation, actor, ctx, apply, rows } = await office();
    const cache = new FactsCache(kernel.services);
    const seen = async () => {
      const { facts } = await kernel.store.readWhole(organisation, (reader) => cache.read(reader));
      const all = [...facts.byId.values()].filter((record) => record.kind === 'risk');
      return Object.fromEntries(
        all.map((record) => [record.title, [record.state, record.imported ?? false]]),
      );
    };
    const more = { name: 'risks.csv' };
    await apply('risk', 'Id,Name,State\nR-1,Fire,Borne\nR-2,Flood,Borne\nR-3,Fraud,Identified\n', more);
    expect(await seen()).toEqual({
      Fire: ['borne', true],
      Flood: ['borne', true],
      Fraud: ['identified', false],
    });
    const risk = registry.get('risk');
    const [fire] = await rows('risk');
    await transitionRecord(kernel.services, ctx(), risk, {
      ref: fire.id,
      version: null,
      transition: 'treat',
      patch: { fields: { owner: actor.member } },
    });
    expect(await seen()).toMatchObject({ Fire: ['in-treatment', false], Flood: ['borne', true] });
    // The next file closes nothing, neither what a person took on nor what still stands as it was brought in.
    const next = await apply(
      'risk',
      'Id,Name,State\nR-1,Fire,Closed\nR-2,Flood,Closed\nR-3,Fraud,Identified\n',
      more,
    );
    expect(next.counts).toMatchObject({ changed: 0, rejected: 2 });
    expect(await seen()).toMatchObject({ Fire: ['in-treatment', false], Flood: ['borne', true] });
    await sequenceAll(kernel.store);
    const then = await kernel.store.readWhole(organisation, async (reader) => {
      const all = await recordsAsOf(reader, 1_000_000, { shared: true });
      return all.filter(({ imported }) => imported).map(({ title }) => title);
    });
    expect(then).toEqual(['Flood']);
  });

  test('links to what a cell names by ref or by key; a row that names nothing it needs is rejected whole', async () => {
    const { ctx, organisation, apply, rows, analyse } = await office();
    await createRecord(kernel.services, ctx(), registry.get('system'), {
      patch: { fields: { name: 'Claims triage' } },
    });
    const file = 'Name,System\nSort claims,SYS-1\nRank claims,SYS-9\nRead claims,SYS-1\n';
    const stored = await analyse('use-case', file);
    const column = stored.analysis.headers.indexOf('System');
    await changeMapping(kernel.services, ctx(), stored.id, {
      columns: [{ index: column, target: 'system' }],
    });
    const preview = await previewImport(kernel.services, ctx(), stored.id);
    expect(preview.counts).toMatchObject({ added: 2 });
    expect(preview.rejected).toContainEqual(
      expect.objectContaining({ row: 3, column: '', message: 'System is needed.' }),
    );
    await applyImport(kernel.services, ctx(), stored.id);
    expect((await importReport(kernel.services, ctx(), stored.id)).rejected).toMatchObject([
      { row: 3, message: 'System is needed.' },
    ]);
    const [system] = await rows('system');
    expect((await rows('use-case')).map((row) => row.links.system)).toEqual([[system.id], [system.id]]);
    expect((await rows('use-case')).every((row) => row.system === system.id)).toBe(true);
    expect((await rows('system')).length).toBe(1);
    const other = await kernel.organisation('Other');
    expect(other).not.toBe(organisation);
    await expect(apply('use-case', 'Nothing\nhere\n')).resolves.toMatchObject({
      counts: { added: 0, rejected: 1 },
    });
  });

  test('rows of one file name each other by title or key in any order; undone and imported again they do so still', async () => {
    const { ctx, apply, rows, preview } = await office();
    const file =
      'Id,Name,Based on,Successor\nM-1,Large reader,Small reader,\nM-2,Small reader,,m-3\nM-3,Reader of letters,M-2,\nM-4,Twin,,\nM-5,twin,,\nM-6,Odd,Twin,M-3\n';
    const { id } = await apply('model', file);
    const links = async () =>
      Object.fromEntries((await rows('model')).map((row) => [row.title, { id: row.id, ...row.links }]));
    const made = await links();
    const large = made['Large reader'];
    expect(large.basedOn).toEqual([made['Small reader'].id]);
    expect(made['Reader of letters'].basedOn).toEqual([made['Small reader'].id]);
    expect(made['Small reader'].successor).toBeUndefined();
    expect(made.Odd).toMatchObject({ successor: [made['Reader of letters'].id] });
    expect(made.Odd.basedOn).toBeUndefined();
    expect((await importReport(kernel.services, ctx(), id)).rejected).toMatchObject([
      { row: 3, column: 'Successor', raw: 'm-3', message: '"m-3" names no record here.' },
      { row: 7, column: 'Based on', message: '"Twin" names more than one record: row 5, row 6.' },
    ]);
    expect((await preview('model', file)).counts).toMatchObject({ unchanged: 6, changed: 0, added: 0 });
    await undoImport(kernel.services, ctx(), id);
    expect(await rows('model')).toEqual([]);
    await apply('model', file);
    const again = await links();
    expect(again['Large reader'].id).not.toBe(large.id);
    expect(again['Large reader'].basedOn).toEqual([again['Small reader'].id]);
  });

  test('a column that is the key carries identity over every other change', async () => {
    const { apply, rows, preview } = await office();
    await apply('model', 'ID,Name\nA-1,Sorter\nA-2,Reader\n');
    const renamed = 'ID,Name\nA-2,Reader two\nA-3,Writer\n';
    expect(await preview('model', renamed)).toMatchObject({
      counts: { added: 1, changed: 1, unchanged: 0, missing: 1 },
      changed: [{ ref: 'MDL-2', changes: [{ part: 'name', before: 'Reader', after: 'Reader two' }] }],
      missing: [{ ref: 'MDL-1', title: 'Sorter' }],
    });
    await apply('model', renamed);
    expect((await rows('model')).map((row) => row.title)).toEqual(['Sorter', 'Reader two', 'Writer']);
  });
});

describe('how a file is read', () => {
  test('can be changed until it is applied, is checked, and can be kept as a profile', async () => {
    const { ctx, organisation, analyse, rows } = await office();
    const file = 'Name,Where from,Went live\nTriage,Claims,5/6/2023\n';
    const stored = await analyse('use-case', file);
    const change = (patch: Parameters<typeof changeMapping>[3]) =>
      changeMapping(kernel.services, ctx(), stored.id, patch);
    await expect(
      change({
        columns: [
          { index: 9, target: 'name' },
          { index: 1, target: 'name' },
          { index: 2, target: 'colour' },
        ],
      }),
    ).rejects.toMatchObject({
      code: 'unprocessable',
      items: [{ at: 'columns.9' }, { at: 'columns.2' }, { at: 'columns.1' }],
    });
    await change({
      columns: [
        { index: 1, target: 'unit' },
        { index: 2, target: 'liveSince' },
      ],
    });
    expect((await previewImport(kernel.services, ctx(), stored.id)).rejected).toMatchObject([
      { raw: '5/6/2023', row: 2, column: 'Went live' },
    ]);
    const saved = await change({
      columns: [{ index: 2, dateOrder: 'day-first' }],
      source: 'our-register',
      saveAs: 'Our register',
    });
    const wire = await kernel.store.readWhole(organisation, (reader) => presentImport(reader, saved));
    expect(wire.columns[2]).toMatchObject({
      target: 'liveSince',
      dateOrder: 'day-first',
      confidence: 'sure',
      why: 'Chosen by hand.',
    });
    await applyImport(kernel.services, ctx(), stored.id);
    expect((await rows('use-case'))[0].fields).toMatchObject({ unit: 'Claims', liveSince: '2023-06-05' });
    await expect(change({ columns: [] })).rejects.toMatchObject({ code: 'conflict' });
    const again = await analyse('use-case', file.replace('Claims', 'Health'));
    expect(again.analysis.mapping).toMatchObject({ source: 'our-register', profile: expect.any(String) });
    expect((await previewImport(kernel.services, ctx(), again.id)).changed[0]?.changes).toContainEqual({
      part: 'unit',
      before: 'Claims',
      after: 'Health',
    });
  });

  test('what people wrote since stays when the file says nothing new', async () => {
    const { ctx, apply, rows } = await office();
    const file = 'Name,Purpose,Department\nTriage,Sorts claims,Claims\n';
    await apply('use-case', file);
    await editRecord(kernel.services, ctx(), registry.get('use-case'), {
      ref: 'UC-1',
      patch: { fields: { purpose: 'Sorts claims by urgency' } },
      version: null,
    });
    await apply('use-case', file);
    const newer = file.replace(',Claims', ',Health');
    // The version that the first of them writes holds what people wrote; the second says nothing new about it.
    for (const _ of ['first', 'again']) {
      await apply('use-case', newer);
      expect((await rows('use-case'))[0].fields).toMatchObject({
        purpose: 'Sorts claims by urgency',
        unit: 'Health',
      });
    }
  });
});

describe('undoing', () => {
  test('is refused whole while anything was built on it, and says what', async () => {
    const { ctx, organisation, apply, rows } = await office();
    const applied = await apply('model', models);
    await createRecord(kernel.services, ctx(), registry.get('system'), {
      patch: { fields: { name: 'Triage' }, links: { usesModel: { set: [(await rows('model'))[0].id] } } },
    });
    await editRecord(kernel.services, ctx(), registry.get('model'), {
      ref: 'MDL-2',
      patch: { fields: { name: 'Better' } },
      version: null,
    });
    await expect(undoImport(kernel.services, ctx(), applied.id)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'This import cannot be undone: 1 record was changed since, 1 record was linked to by other records. Nothing was undone.',
      items: [
        { at: 'MDL-2', message: 'It was changed since.' },
        { at: 'MDL-1', message: 'It was linked to by other records.' },
      ],
    });
    expect((await rows('model')).map((row) => row.title)).toEqual(['Sorter', 'Better']);
    const wire = await kernel.store.readWhole(organisation, (reader) => presentImport(reader, applied));
    expect(wire.undoable).toMatchObject({ allowed: false, who: [] });
  });

  test('brings back what was changed, and happens once', async () => {
    const { ctx, apply, rows } = await office();
    await apply('model', models);
    const newer = await apply('model', models.replace('Head of claims', '').replace('Reader', 'Writer'));
    expect((await rows('model')).length).toBe(3);
    await undoImport(kernel.services, ctx(), newer.id);
    expect((await rows('model')).map((row) => [row.title, row.fields.owner !== undefined])).toEqual([
      ['Sorter', true],
      ['Reader', false],
    ]);
    await expect(undoImport(kernel.services, ctx(), newer.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(applyImport(kernel.services, ctx(), newer.id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('who may, and what may go wrong', () => {
  test('only those whom the register lets import; another organisation finds nothing', async () => {
    const reader = await office(['reader']);
    await expect(reader.analyse('model', models)).rejects.toMatchObject({
      code: 'forbidden',
      facts: { who: ['aims-manager'] },
    });
    const ours = await office();
    const theirs = await office();
    const stored = await ours.analyse('model', models);
    for (const act of [previewImport, undoImport, applyImport])
      await expect(act(kernel.services, theirs.ctx(), stored.id)).rejects.toMatchObject({
        code: 'not-found',
      });
  });

  test('two imports of one source at the same moment bring each record in once', async () => {
    const { ctx, analyse, rows } = await office();
    const both = [await analyse('model', models), await analyse('model', models)];
    await Promise.all(both.map((one) => applyImport(kernel.services, ctx(), one.id)));
    expect((await rows('model')).length).toBe(2);
  });

  test('one import is applied once, however often it is asked for', async () => {
    const { ctx, analyse, rows } = await office();
    const stored = await analyse('model', models);
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => applyImport(kernel.services, ctx(), stored.id)),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await rows('model')).length).toBe(2);
  });

  test('a file that cannot be read leaves nothing behind', async () => {
    const { organisation, analyse } = await office();
    await expect(analyse('model', 'a,b\n1,"2\n')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('file.csv'),
    });
    await expect(analyse('model', models, { profile: 'us-federal-2024' })).rejects.toMatchObject({
      code: 'unprocessable',
    });
    expect(await kernel.store.readWhole(organisation, (reader) => recentImports(reader, 10))).toEqual([]);
  });

  test.skipIf(withoutInventory)(
    'killed while it writes, it leaves nothing half-imported',
    {
      timeout: 120_000,
    },
    async () => {
      const { organisation, actor, rows, ctx } = await office();
      const program = fileURLToPath(
        new URL('../../../test/programs/import-until-killed.ts', import.meta.url),
      );
      const args = [program, JSON.stringify(kernel.database.app), organisation, actor.member, inventory];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface(child.stdout)) {
        if (line !== 'Writing the records') continue;
        await untilWriting();
        child.kill('SIGKILL');
        break;
      }
      if (child.signalCode === null) await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      expect(await rows('use-case')).toEqual([]);
      expect(await rows('system')).toEqual([]);
      const [stored] = await kernel.store.readWhole(organisation, (reader) => recentImports(reader, 1));
      expect(stored?.state).toBe('analysed');
      await applyImport(kernel.services, ctx(), stored?.id ?? '');
      expect(await rows('use-case')).toHaveLength(2133);
    },
  );
});

/** Waits until another session has written entries that are not committed: it is in the middle of its change. */
async function untilWriting(): Promise<void> {
  for (;;) {
    const { rows } = await kernel.store.owner.query(
      `select 1 from pg_stat_activity where datname = current_database() and state = 'active' and query like '%insert into revision%' and pid <> pg_backend_pid()`,
    );
    if (rows.length > 0) return;
  }
}
