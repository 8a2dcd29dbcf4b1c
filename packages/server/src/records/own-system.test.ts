import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { changeMapping } from '../features/imports/change-mapping.ts';
import { previewImport } from '../features/imports/preview-import.ts';
import type { Context } from '../store/context.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function twoSystems() {
  const organisation = await kernel.organisation();
  const actor = await kernel.member(organisation, ['aims-manager']);
  const ctx = (): Context => kernel.context(organisation, actor);
  const make = (kind: string, name: string, links: Record<string, { set: string[] }> = {}) =>
    createRecord(kernel.services, ctx(), registry.get(kind), { patch: { fields: { name }, links } });
  const [own, other] = [await make('system', 'Triage'), await make('system', 'Pricing')];
  const uses = [
    await make('use-case', 'Sorts claims', { system: { set: [own.id] } }),
    await make('use-case', 'Sets prices', { system: { set: [other.id] } }),
  ];
  return { ctx, make, own, other, sorts: uses[0]?.id ?? '', prices: uses[1]?.id ?? '' };
}

const refused = {
  code: 'unprocessable',
  items: [
    {
      at: 'links.covers',
      message:
        'Covers use case: one of these belongs to another system, whose line reads its own records. It takes a record of its own there.',
    },
  ],
};

test('an assessment covers uses of its own system alone: the line of another one would not read it', async () => {
  const { ctx, make, own, other, sorts, prices } = await twoSystems();
  const within = { system: { set: [own.id] } };
  await expect(
    make('impact-assessment', 'Both', { ...within, covers: { set: [sorts, prices] } }),
  ).rejects.toMatchObject(refused);
  const made = await make('impact-assessment', 'Of claims', { ...within, covers: { set: [sorts] } });
  const edit = (links: Record<string, { add: string[] } | { set: string[] }>) =>
    editRecord(kernel.services, ctx(), registry.get('impact-assessment'), {
      ref: made.id,
      version: null,
      patch: { links },
    });
  await expect(edit({ covers: { add: [prices] } })).rejects.toMatchObject(refused);
  // Another use of the same system is covered with it.
  const ranks = await make('use-case', 'Ranks claims', within);
  expect((await edit({ covers: { add: [ranks.id] } })).changed).toEqual(['covers']);
  await expect(edit({ system: { set: [other.id] }, covers: { set: [prices] } })).resolves.toMatchObject({
    changed: ['covers', 'system'],
  });
});

test('a file that says so is refused row by row', async () => {
  const { ctx } = await twoSystems();
  const file = 'Assessment,System,Covers use case\nOf claims,SYS-1,UC-1\nOf prices,SYS-1,UC-2\n';
  const stored = await analyseFile(kernel.services, ctx(), {
    name: 'assessments.csv',
    bytes: Buffer.from(file),
    kind: registry.get('impact-assessment'),
  });
  await changeMapping(kernel.services, ctx(), stored.id, {
    columns: [
      { index: 1, target: 'system' },
      { index: 2, target: 'covers' },
    ],
  });
  const seen = await previewImport(kernel.services, ctx(), stored.id);
  expect(seen.counts).toMatchObject({ added: 1 });
  expect(seen.rejected).toMatchObject([{ row: 3, column: '', message: refused.items[0]?.message }]);
});
