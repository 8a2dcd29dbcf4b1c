import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import type { Context } from '../../store/context.ts';
import { analyseFile } from './analyse-file.ts';
import { applyImport } from './apply-import.ts';
import { showImport } from './list-imports.ts';
import { previewImport } from './preview-import.ts';
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
  const analyse = (content: string) =>
    analyseFile(kernel.services, ctx(), {
      name: 'uses.csv',
      bytes: Buffer.from(content),
      kind: registry.get('use-case'),
    });
  const standing = async () => {
    const { rows } = await kernel.store.owner.query(
      "select title from record where organisation = $1 and kind = 'use-case' and archived_at is null order by number",
      [organisation],
    );
    return rows.map(({ title }) => title);
  };
  return { ctx, analyse, standing };
}

const uses = (...rows: string[]) => ['Id,Use case name,Stage', ...rows].join('\n');
const all = uses('U-1,Triage,In production', 'U-2,Ranking,Initiated', 'U-3,Letters,Retired');
const why =
  'Use case is “In use”, and what goes on is not archived. End it by its step first, with reason and day.';

test('leaves a use in use that a later file lacks, says so beforehand with why, and names it afterwards', async () => {
  const { ctx, analyse, standing } = await office();
  await applyImport(kernel.services, ctx(), (await analyse(all)).id);
  const later = await analyse(uses('U-9,New one,Initiated'));
  const seen = await previewImport(kernel.services, ctx(), later.id);
  expect(seen.counts).toMatchObject({ missing: 3, stays: 1 });
  expect(seen.missing.map(({ title, whyItStays }) => [title, whyItStays])).toEqual([
    ['Triage', why],
    ['Ranking', undefined],
    ['Letters', undefined],
  ]);
  const { added, changed, missing } = seen.counts;
  const applied = await applyImport(kernel.services, ctx(), later.id, {
    archiveMissing: true,
    expect: { added, changed, missing },
  });
  expect(applied.counts).toMatchObject({ missing: 3, stays: 1 });
  expect(await standing()).toEqual(['Triage', 'New one']);
  expect((await showImport(kernel.services, ctx(), later.id)).stayed).toMatchObject([
    { ref: 'UC-1', title: 'Triage', whyItStays: why },
  ]);
});

test('leaves all of them where archiving was not asked for, and speaks of none that stayed', async () => {
  const { ctx, analyse, standing } = await office();
  await applyImport(kernel.services, ctx(), (await analyse(all)).id);
  const later = await analyse(uses('U-9,New one,Initiated'));
  const applied = await applyImport(kernel.services, ctx(), later.id);
  expect(applied.counts).toMatchObject({ missing: 3, stays: 0 });
  expect(await standing()).toEqual(['Triage', 'Ranking', 'Letters', 'New one']);
  expect((await showImport(kernel.services, ctx(), later.id)).stayed).toEqual([]);
});

test('says before an undoing how many uses in use it takes out of the register', async () => {
  const { ctx, analyse, standing } = await office();
  const { id } = await analyse(all);
  expect((await showImport(kernel.services, ctx(), id)).inUse).toBe(0);
  await applyImport(kernel.services, ctx(), id);
  expect(await showImport(kernel.services, ctx(), id)).toMatchObject({
    undoable: { allowed: true },
    inUse: 1,
  });
  await undoImport(kernel.services, ctx(), id);
  expect(await standing()).toEqual([]);
  expect((await showImport(kernel.services, ctx(), id)).inUse).toBe(0);
});
