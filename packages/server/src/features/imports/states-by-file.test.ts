import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import { transitionRecord } from '../../records/transition-record.ts';
import type { Context } from '../../store/context.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { importReport, previewImport } from './preview-import.ts';
import { undoImport } from './undo-import.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function office() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager']);
  const ctx = (): Context => kernel.context(organisation, actor);
  const analyse = (content: string, kind = 'use-case') =>
    analyseFile(kernel.services, ctx(), {
      name: 'register.csv',
      bytes: Buffer.from(content),
      kind: registry.get(kind),
    });
  const apply = async (content: string, kind?: string) =>
    (await applyImport(kernel.services, ctx(), (await analyse(content, kind)).id)).id;
  const stand = async () => {
    const { rows } = await kernel.store.owner.query(
      "select r.title, r.state as use, s.state as stage, r.fields ->> 'purpose' as purpose from record r join record s on s.id = r.system where r.organisation = $1 and r.kind = 'use-case' order by r.number",
      [organisation],
    );
    return rows.map(({ title, use, stage, purpose }) => [title, use, stage, purpose]);
  };
  const states = async (kind: string) => {
    const { rows } = await kernel.store.owner.query(
      'select title, state from record where organisation = $1 and kind = $2 order by number',
      [organisation, kind],
    );
    return rows.map(({ title, state }) => [title, state]);
  };
  return { ctx, analyse, apply, stand, states };
}

const uses = (...rows: string[]) => ['Id,Use case name,Purpose,Stage', ...rows].join('\n');
const first = uses('U-1,Triage,Sorts,In production', 'U-2,Ranking,Ranks,Initiated');

test('a file takes no system and no use through a gate or an approval, says so per row, and applies the rest', async () => {
  const { ctx, analyse, apply, stand } = await office();
  await apply(first);
  expect(await stand()).toEqual([
    ['Triage', 'in-use', 'operation-monitoring', 'Sorts'],
    ['Ranking', 'proposed', 'inception', 'Ranks'],
  ]);
  const later = await analyse(
    uses('U-1,Triage,Sorts letters,Retired', 'U-2,Ranking,Ranks letters,In production'),
  );
  const seen = await previewImport(kernel.services, ctx(), later.id);
  const said = [
    [
      2,
      'Its AI system stays at "Live": “Retired” is reached by “Retire”, which needs the gate “Retirement” and is taken on the record itself.',
    ],
    [2, 'It stays at "In use": “Retired” is reached by “Retire”: Closing note, Ended on are needed first.'],
    [
      3,
      'Its AI system stays at "Inception": “Live” is reached by “Go live”, which needs the gate “Release” and is taken on the record itself.',
    ],
    [
      3,
      'It stays at "Proposed": “In use” is reached by “Put into use”, taken on the record itself, once it is approved, by somebody who shows who they are.',
    ],
  ];
  expect(seen.counts).toMatchObject({ changed: 2, rejected: 4 });
  expect(seen.rejected.map(({ row, message }) => [row, message])).toEqual(said);
  expect(seen.changed.flatMap(({ changes }) => changes.map(({ part }) => part))).toEqual([
    'purpose',
    'system.purpose',
    'purpose',
    'system.purpose',
  ]);
  await applyImport(kernel.services, ctx(), later.id);
  expect(await stand()).toEqual([
    ['Triage', 'in-use', 'operation-monitoring', 'Sorts letters'],
    ['Ranking', 'proposed', 'inception', 'Ranks letters'],
  ]);
  const report = await importReport(kernel.services, ctx(), later.id);
  expect(report.rejected.map(({ row, message }) => [row, message])).toEqual(said);

  // The same file again says it again, and no way round leads back to the first stage either.
  const back = await analyse(
    uses('U-1,Triage,Sorts letters,Initiated', 'U-2,Ranking,Ranks letters,In production'),
  );
  const again = await previewImport(kernel.services, ctx(), back.id);
  expect(again.counts).toMatchObject({ changed: 0, rejected: 4 });
  expect(again.rejected[0]?.message).toBe(
    'Its AI system stays at "Live": no step leads from “Live” to “Inception”.',
  );
});

test('a file takes a step that binds nobody, with what it needs said in the file, and undoing takes it back', async () => {
  const { ctx, apply, stand } = await office();
  await apply(first);
  const said = (...rows: string[]) =>
    ['Id,Use case name,Purpose,Stage,Closing note,Date retired', ...rows].join('\n');
  // The same origin by name: its headings differ.
  const { id } = await analyseFile(kernel.services, ctx(), {
    name: 'register.csv',
    bytes: Buffer.from(
      said('U-1,Triage,Sorts,Retired,Replaced by people,2026-01-05', 'U-2,Ranking,Ranks,Initiated,,'),
    ),
    kind: registry.get('use-case'),
  });
  await applyImport(kernel.services, ctx(), id);
  const before = await stand();
  const { id: later } = await analyseFile(kernel.services, ctx(), {
    name: 'register.csv',
    bytes: Buffer.from(
      said(
        'U-1,Triage,Sorts,Retired,Replaced by people,2026-01-05',
        'U-2,Ranking,Ranks,Acquisition and/or Development,,',
      ),
    ),
    kind: registry.get('use-case'),
  });
  await applyImport(kernel.services, ctx(), later);
  expect((await stand()).at(-1)).toEqual(['Ranking', 'in-preparation', 'inception', 'Ranks']);
  await undoImport(kernel.services, ctx(), later);
  expect(await stand()).toEqual(before);
});

test('what is kept from those who were tested is kept from their files', async () => {
  const { ctx, analyse, apply, states } = await office();
  for (const kind of ['system', 'control'])
    await createRecord(kernel.services, ctx(), registry.get(kind), {
      patch: { fields: { name: 'Review of logs', ...(kind === 'control' ? { code: 'C-1' } : {}) } },
    });
  const tests = (state: string) => `Id,Name,System,Control,State\nT-1,Sample of logs,SYS-1,CTL-1,${state}\n`;
  await apply(tests('Under way'), 'control-test');
  const file = await analyse(tests('Cancelled'), 'control-test');
  const seen = await previewImport(kernel.services, ctx(), file.id);
  expect(seen.counts).toMatchObject({ changed: 0, unchanged: 1, rejected: 1 });
  expect(seen.rejected[0]?.message).toMatch(/^It stays at "Under way": .*stops it/);
  await applyImport(kernel.services, ctx(), file.id);
  expect(await states('control-test')).toEqual([['Sample of logs', 'under-way']]);
});

test('a state that a person took a record to is not taken back by the next file', async () => {
  const { ctx, analyse, apply, states } = await office();
  const suppliers = (state: string) => `Id,Name,State\nS-1,Cloud house,${state}\n`;
  await apply(suppliers('In use'), 'supplier');
  await transitionRecord(kernel.services, ctx(), registry.get('supplier'), {
    ref: 'SUP-1',
    version: null,
    transition: 'end',
  });
  const same = await analyse(suppliers('In use'), 'supplier');
  expect((await previewImport(kernel.services, ctx(), same.id)).counts).toMatchObject({
    changed: 0,
    rejected: 0,
  });
  await applyImport(kernel.services, ctx(), same.id);
  expect(await states('supplier')).toEqual([['Cloud house', 'ended']]);
});
