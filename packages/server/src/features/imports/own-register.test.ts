import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { itemFaults } from '@throughline/domain/crosswalk/known-items.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { decideEdit, emptyContent, type Patch, type Target } from '@throughline/domain/kinds/edit.ts';
import { answers, type CellField, type Field } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { minimalFields } from '@throughline/domain/kinds/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import { editRecord } from '../../records/edit-record.ts';
import { exportRecords } from '../../records/export-records.ts';
import type { Context } from '../../store/context.ts';
import { targetsById } from '../../store/records.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { changeMapping } from './change-mapping.ts';
import { importReport, previewImport } from './preview-import.ts';
import { undoImport } from './undo-import.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

type Office = Awaited<ReturnType<typeof office>>;

async function office() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager', 'admin'], 'Head of claims');
  // Two of one name: a file cannot tell them apart.
  const twins = [
    await kernel.member(organisation, ['reader'], 'Nurse in charge'),
    await kernel.member(organisation, ['reader'], 'Nurse in charge'),
  ];
  const ctx = (): Context => kernel.context(organisation, actor);
  const create = (kind: string, patch: Patch) =>
    createRecord(kernel.services, ctx(), registry.get(kind), { patch });
  const rows = async (kind: string) => {
    const found = await kernel.store.owner.query(
      'select id, number, title, state, version, fields, links from record where organisation = $1 and kind = $2 and archived_at is null order by number',
      [organisation, kind],
    );
    return found.rows;
  };
  const exported = async (kind: string, format: 'csv' | 'xlsx' = 'csv') => {
    const { body } = await exportRecords(kernel.services, {
      organisation,
      actor,
      kind: registry.get(kind),
      query: { format },
    });
    const parts: Buffer[] = [];
    for await (const part of body) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  };
  const analyse = (kind: string, bytes: Buffer | string, name = 'export.csv') =>
    analyseFile(kernel.services, ctx(), { name, bytes: Buffer.from(bytes), kind: registry.get(kind) });
  const preview = async (kind: string, bytes: Buffer | string, name?: string) =>
    previewImport(kernel.services, ctx(), (await analyse(kind, bytes, name)).id);
  const apply = async (kind: string, bytes: Buffer | string) =>
    applyImport(kernel.services, ctx(), (await analyse(kind, bytes)).id);
  return { organisation, ctx, actor, twins, create, rows, exported, analyse, preview, apply };
}

const text = 'TBD\n- a line; with, signs\n\n=1+1';
const cellValue = (field: CellField, person: string): unknown => {
  switch (field.type) {
    case 'line':
      return '-5, "quoted"; N/A';
    case 'text':
      return text;
    case 'url':
      return 'https://example.org/a,b;c';
    case 'choice':
      return field.options.at(-1)?.id;
    case 'answer':
      return answers[2];
    case 'day':
      return '2026-Q3';
    case 'number':
      return field.max ?? 1_234;
    case 'member':
      return person;
  }
};

const hostileValue = (field: Field, person: string): unknown => {
  switch (field.type) {
    case 'choices':
      return field.options.slice(0, 3).map(({ id }) => id);
    case 'list':
      return ['one, and two; three'];
    case 'catalogue':
      return field.many ? ['A.2.2', 'A.6.2.6'] : 'A.2.2';
    case 'moment':
      return '2026-02-01T23:59:59.000Z';
    case 'file':
      return null;
    case 'rows':
      return [
        Object.fromEntries(
          Object.entries(field.columns).map(([name, column]) => [name, cellValue(column, person)]),
        ),
      ];
    default:
      return cellValue(field, person);
  }
};

/** A record with every field filled that the kind takes beside the others, and what it must belong to. */
async function filled(at: Office, kind: Kind, made: Map<string, string>, deep = 0): Promise<string> {
  const links: Record<string, { set: string[] }> = {};
  for (const [name, relation] of Object.entries(kind.relations)) {
    if (relation.byAct) continue;
    const to = relation.to[0] ?? '';
    if (relation.required && !made.has(to)) made.set(to, await filled(at, registry.get(to), made, deep + 1));
    const id = made.get(to);
    if (id !== undefined && (relation.required || (relation.type !== 'within' && to !== kind.name)))
      links[name] = { set: [id] };
  }
  const ids = Object.values(links).flatMap(({ set }) => set);
  const targets: ReadonlyMap<string, Target> = await kernel.store.readWhole(at.organisation, (reader) =>
    targetsById(reader, ids),
  );
  let fields: Record<string, unknown> = { ...minimalFields(kind) };
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.derived || name === kind.title) continue;
    // The day of what is to come is whole: it would come for a quarter long.
    const value = name === kind.comes?.day ? '2026-09-30' : hostileValue(field, at.twins[0]?.member ?? '');
    const tried = { ...fields, [name]: value };
    if (taken(kind, { fields: tried, links }, targets)) fields = tried;
  }
  const record = await at.create(kind.name, { fields, links });
  made.set(kind.name, record.id);
  return record.id;
}

function taken(kind: Kind, patch: Patch, targets: ReadonlyMap<string, Target>): boolean {
  try {
    const { next } = decideEdit(kind, emptyContent, patch, targets);
    const named = { before: [], next: kind.names?.(next) ?? [] };
    return itemFaults(loadCatalogue(), named, [], '2026-05-01').length === 0;
  } catch {
    return false;
  }
}

test('a register of one’s own is no elsewhere: what was made here is decided here', async () => {
  const { create, exported, preview, apply, rows } = await office();
  await create('risk', { fields: { name: 'Fire' } });
  const said = (await exported('risk')).toString('utf8').replace('Identified', 'Borne');
  expect(said).toContain('Borne');
  expect(JSON.stringify(await preview('risk', said))).toContain('no step leads from “Identified” to “Borne”');
  await apply('risk', said);
  expect((await rows('risk')).map((row) => row.state)).toEqual(['identified']);
});

describe('a register that is exported and brought back', () => {
  test('changes nothing, for every kind, whatever its cells hold', { timeout: 120_000 }, async () => {
    const at = await office();
    const made = new Map<string, string>();
    // Nothing sealed is imported.
    for (const kind of registry.kinds.filter(({ sealed }) => !sealed)) {
      await filled(at, kind, made);
      const before = await at.rows(kind.name);
      const preview = await at.preview(kind.name, await at.exported(kind.name));
      expect({ kind: kind.name, ...preview.counts, changed: preview.changed }).toEqual({
        kind: kind.name,
        added: 0,
        changed: [],
        unchanged: before.length,
        missing: 0,
        stays: 0,
        coerced: 0,
        rejected: 0,
      });
      expect(preview.own).toEqual({ records: before.length, of: before.length });
    }
  });

  test.each(['system', 'model', 'risk'] as const)('changes nothing as a workbook: %s', async (name) => {
    const at = await office();
    const made = new Map<string, string>();
    await filled(at, registry.get(name), made);
    const preview = await at.preview(name, await at.exported(name, 'xlsx'), 'export.xlsx');
    expect(preview.counts).toMatchObject({ added: 0, changed: 0, coerced: 0, rejected: 0 });
  });

  test('one changed cell is one edit of the record that it stands in, and can be undone', async () => {
    const at = await office();
    for (const name of ['Sorter', 'Reader', 'Writer']) await at.create('model', { fields: { name } });
    const file = String(await at.exported('model')).replace('Reader', 'Reader of letters');
    const stored = await at.analyse('model', file);
    expect(stored.analysis.mapping.columns[0]).toMatchObject({ header: 'Ref', target: 'ref' });
    expect(stored.analysis.columns[0]).toMatchObject({
      confidence: 'sure',
      why: '3 of 3 rows name models that stand here.',
    });
    const preview = await previewImport(kernel.services, at.ctx(), stored.id);
    expect(preview.changed).toEqual([
      {
        row: 3,
        title: 'Reader of letters',
        ref: 'MDL-2',
        changes: [{ part: 'name', before: 'Reader', after: 'Reader of letters' }],
      },
    ]);
    await applyImport(kernel.services, at.ctx(), stored.id);
    expect((await at.rows('model')).map(({ title, version }) => [title, version])).toEqual([
      ['Sorter', 1],
      ['Reader of letters', 2],
      ['Writer', 1],
    ]);
    expect(await importReport(kernel.services, at.ctx(), stored.id)).toEqual({ coerced: [], rejected: [] });
    expect((await at.preview('model', file)).counts).toMatchObject({ unchanged: 3, changed: 0 });
    await undoImport(kernel.services, at.ctx(), stored.id);
    expect((await at.rows('model')).map(({ title }) => title)).toEqual(['Sorter', 'Reader', 'Writer']);
  });

  test('what people changed since it was exported stays, unless the file changed it too', async () => {
    const at = await office();
    await at.create('model', { fields: { name: 'Sorter', provider: 'Homemade', version: '1' } });
    const file = String(await at.exported('model'));
    await editRecord(kernel.services, at.ctx(), registry.get('model'), {
      ref: 'MDL-1',
      patch: { fields: { name: 'Sorter of claims', version: '2' } },
      version: null,
    });
    expect((await at.preview('model', file)).counts).toMatchObject({ unchanged: 1, changed: 0 });
    await at.apply('model', file.replace('Homemade', 'Bought'));
    expect((await at.rows('model'))[0].fields).toMatchObject({
      name: 'Sorter of claims',
      provider: 'Bought',
      version: '2',
    });
  });

  test('rows without a ref are new and stay the same record; unknown, repeated and strange refs are refused', async () => {
    const at = await office();
    await at.create('model', { fields: { name: 'Sorter' } });
    await at.create('dataset', { fields: { name: 'Letters' } });
    const [head = '', row = ''] = String(await at.exported('model')).split('\r\n');
    const as = (ref: string, name: string) => row.replace('MDL-1', ref).replace('Sorter', name);
    const file = [
      head,
      row,
      as('', 'New one'),
      as('MDL-9', 'Lost'),
      as('mdl-1', 'Again'),
      as('DST-1', 'Set'),
    ].join('\r\n');
    const preview = await at.preview('model', file);
    expect(preview).toMatchObject({
      counts: { added: 1, changed: 0, unchanged: 1, missing: 0, rejected: 3 },
      own: { records: 1, of: 5 },
    });
    expect(preview.rejected.map(({ row: n, message }) => [n, message])).toEqual([
      [4, 'MDL-9 names no record here. Without a ref the row is a new one.'],
      [5, 'Row 2 is the same record, MDL-1.'],
      [6, '"DST-1" is no ref of models.'],
    ]);
    await at.apply('model', file);
    await at.apply('model', file);
    expect((await at.rows('model')).map(({ title }) => title)).toEqual(['Sorter', 'New one']);
    const whole = String(await at.exported('model'));
    expect((await at.preview('model', whole)).counts).toMatchObject({ unchanged: 2, missing: 0 });
    const part = `${whole.split('\r\n').slice(0, 2).join('\r\n')}\r\n`;
    expect((await at.preview('model', part)).counts).toMatchObject({ unchanged: 1, missing: 0 });
  });
});

describe('whose refs they are', () => {
  test('the register of another organisation makes records of its own, under its refs as keys', async () => {
    const [ours, theirs] = [await office(), await office()];
    await ours.create('model', { fields: { name: 'Sorter' } });
    await theirs.create('model', { fields: { name: 'Sorter' } });
    const file = await ours.exported('model');
    const stored = await theirs.analyse('model', file);
    expect(stored.analysis.mapping.columns[0]).toMatchObject({ target: 'key' });
    const preview = await previewImport(kernel.services, theirs.ctx(), stored.id);
    expect(preview).toMatchObject({ counts: { added: 1, changed: 0 }, own: null });
    await theirs.apply('model', file);
    expect((await theirs.preview('model', file)).counts).toMatchObject({ added: 0, unchanged: 1 });
    expect(await theirs.rows('model')).toHaveLength(2);
  });

  test.each([
    ['with the titles that stand here', 'Ref,Name,Provider\nMDL-1,Sorter,Bought\n', 'ref'],
    ['without titles', 'Ref,Provider\nMDL-1,Bought\n', 'ref'],
    ['with other titles', 'Ref,Name,Provider\nMDL-1,Quite another,Bought\n', 'key'],
    ['of nothing that stands here', 'Ref,Name,Provider\nMDL-7,Sorter,Bought\n', 'key'],
    ['of another kind', 'Ref,Name,Provider\nSYS-1,Sorter,Bought\n', 'key'],
  ])('a list of refs %s', async (_, file, target) => {
    const at = await office();
    await at.create('model', { fields: { name: 'Sorter' } });
    const stored = await at.analyse('model', file);
    expect(stored.analysis.mapping.columns[0]).toMatchObject({ header: 'Ref', target });
  });

  test('an origin whose keys look like refs keeps them as keys; the place can be chosen by hand', async () => {
    const at = await office();
    const file = 'Ref,Name\nMDL-2,Sorter\nMDL-1,Reader\n';
    await at.apply('model', file);
    // Now a MDL-1 stands here, and it is the Sorter.
    const again = await at.analyse('model', file);
    expect(again.analysis.mapping.columns[0]).toMatchObject({ target: 'key' });
    expect((await previewImport(kernel.services, at.ctx(), again.id)).counts).toMatchObject({ unchanged: 2 });
    await changeMapping(kernel.services, at.ctx(), again.id, { columns: [{ index: 0, target: 'ref' }] });
    expect(await previewImport(kernel.services, at.ctx(), again.id)).toMatchObject({
      counts: { changed: 2, added: 0 },
      own: { records: 2, of: 2 },
    });
  });
});
