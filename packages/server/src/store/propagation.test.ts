import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { linked } from '../../test/linked.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import { archiveRecord } from '../records/transition-record.ts';
import type { Context } from './context.ts';
import { factsMarksOf, markedSince } from './marks.ts';
import { recordsById } from './records.ts';
import { keepLines } from './standing.ts';

let kernel: TestKernel;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
});

type Links = Record<string, string>;
async function make(kind: string, name: string, links: Links = {}, fields: Record<string, string> = {}) {
  const patch = { fields: { name, ...fields }, links: linked(links) };
  return (await createRecord(kernel.services, ctx, registry.get(kind), { patch })).id;
}
const edit = (kind: string, ref: string, fields: Record<string, unknown>, links: Links = {}) =>
  editRecord(kernel.services, ctx, registry.get(kind), {
    ref,
    patch: {
      fields,
      links: linked(links),
    },
    version: null,
  });

async function homeOf(id: string): Promise<string | null> {
  const found = await kernel.store.readWhole(ctx.organisation, (reader) => recordsById(reader, [id]));
  return found.get(id)?.system ?? null;
}

/** Takes every line as computed, so that what is marked afterwards shows. */
async function settle(): Promise<void> {
  await kernel.store.owner.query(
    `with gone as (delete from line_mark where organisation = $1)
      update system_line set settled = marks where organisation = $1`,
    [ctx.organisation],
  );
}
async function marked(): Promise<string[]> {
  const { rows } = await kernel.store.owner.query<{ system: string }>(
    `select system from system_line s where organisation = $1 and ${markedSince('s')} order by system`,
    [ctx.organisation],
  );
  return rows.map((row) => row.system);
}
async function factsMarks(): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ marks: string }>(
    `select ${factsMarksOf('$1')} as marks`,
    [ctx.organisation],
  );
  return Number(rows[0]?.marks ?? 0);
}

test('a record has the home of what it belongs to, through every level', async () => {
  const system = await make('system', 'Triage');
  const useCase = await make('use-case', 'Sorting', { system });
  const classification = await make('classification', 'Class', { useCase }, { scheme: 'eu-ai-act' });
  expect([await homeOf(system), await homeOf(useCase), await homeOf(classification)]).toEqual([
    system,
    system,
    system,
  ]);
  expect(await homeOf(await make('risk', 'Of the organisation'))).toBeNull();
});

test('moving a use case to another system moves what belongs to it, and nothing else', async () => {
  const [from, to] = [await make('system', 'From'), await make('system', 'To')];
  const [moved, staying] = [
    await make('use-case', 'Moved', { system: from }),
    await make('use-case', 'Staying', { system: from }),
  ];
  const below = await make('classification', 'Moves along', { useCase: moved }, { scheme: 'eu-ai-act' });
  const beside = await make('classification', 'Stays', { useCase: staying }, { scheme: 'eu-ai-act' });
  const mention = await make('risk', 'Mentions it', { system: from, useCases: moved });
  await settle();
  await edit('use-case', moved, {}, { system: to });
  expect([await homeOf(moved), await homeOf(below)]).toEqual([to, to]);
  expect([await homeOf(staying), await homeOf(beside), await homeOf(mention)]).toEqual([from, from, from]);
  expect(await marked()).toEqual([from, to].sort());
});

test('what leaves its system for the organisation takes what is below along', async () => {
  const system = await make('system', 'Credit');
  const nonconformity = await make('nonconformity', 'No review', { system });
  const action = await make('corrective-action', 'Plan reviews', { nonconformity });
  expect(await homeOf(action)).toBe(system);
  await editRecord(kernel.services, ctx, registry.get('nonconformity'), {
    ref: nonconformity,
    patch: { links: { system: { set: [] } } },
    version: null,
  });
  expect([await homeOf(nonconformity), await homeOf(action)]).toEqual([null, null]);
  await edit('nonconformity', nonconformity, {}, { system });
  expect([await homeOf(nonconformity), await homeOf(action)]).toEqual([system, system]);
});

test('a record made below one that moves meanwhile ends in the same home as its parent', async () => {
  const [from, to] = [await make('system', 'From'), await make('system', 'To')];
  const useCase = await make('use-case', 'Moves', { system: from });
  const rounds = [from, to, from, to, from, to];
  const all = rounds.flatMap((home, n) => [
    edit('use-case', useCase, {}, { system: home }),
    make('classification', `Class ${n}`, { useCase }, { scheme: 'eu-ai-act' }),
  ]);
  await Promise.all<unknown>(all);
  const { rows } = await kernel.store.owner.query<{ system: string }>(
    `select distinct system from record where organisation = $1 and kind in ('use-case', 'classification')`,
    [ctx.organisation],
  );
  expect(rows).toEqual([{ system: await homeOf(useCase) }]);
});

test('a change in a system marks that system alone', async () => {
  const [one] = [await make('system', 'One'), await make('system', 'Two')];
  const risk = await make('risk', 'Bias', { system: one });
  await settle();
  const before = await factsMarks();
  await edit('risk', risk, { event: 'Something happens' });
  expect(await marked()).toEqual([one]);
  expect(await factsMarks()).toBe(before);
});

test('a shared thing marks the systems that use it, backwards, and the facts of the organisation', async () => {
  const model = await make('model', 'Shared model');
  const [direct, through, unconcerned] = [
    await make('system', 'Uses it', { usesModel: model }),
    await make('system', 'Has a version with it'),
    await make('system', 'Has nothing to do with it'),
  ];
  await make('system-version', 'v1', { system: through, containsModel: model });
  await settle();
  const before = await factsMarks();
  await edit('model', model, { licence: 'Another one' });
  expect(await marked()).toEqual([direct, through].sort());
  expect(await marked()).not.toContain(unconcerned);
  expect(await factsMarks()).toBe(before + 1);
  await settle();
  await archiveRecord(kernel.services, ctx, registry.get('model'), { ref: model, version: null });
  expect(await marked()).toEqual([direct, through].sort());
});

test('a mention never propagates', async () => {
  const mentioned = await make('document', 'Report', {}, { type: 'policy' });
  const supplier = await make('supplier', 'Supplier');
  const system = await make('system', 'Mentions');
  await make('responsibility', 'Shared duty', { system, agreement: mentioned });
  await make('responsibility', 'Used', { system, supplier });
  await settle();
  await edit('document', mentioned, { name: 'Report, renamed' });
  expect(await marked()).toEqual([]);
  await edit('supplier', supplier, { name: 'Supplier, renamed' });
  expect(await marked()).toEqual([system]);
});

test('a thing that belongs to one system and is used by another marks both', async () => {
  const home = await make('system', 'Home of the instructions');
  const instructions = await make('document', 'Instructions', { system: home }, { type: 'policy' });
  const user = await make('system', 'Uses them too', { instructions });
  await settle();
  await edit('document', instructions, { name: 'Instructions, second edition' });
  expect(await marked()).toEqual([home, user].sort());
});

test('taking a link away marks what it pointed from, and later changes of its target mark nothing', async () => {
  const model = await make('model', 'Let go');
  const system = await make('system', 'Lets go', { usesModel: model });
  await editRecord(kernel.services, ctx, registry.get('system'), {
    ref: system,
    patch: { links: { usesModel: { remove: [model] } } },
    version: null,
  });
  await settle();
  await edit('model', model, { licence: 'New' });
  expect(await marked()).toEqual([]);
});

test('an older computation of a line never overwrites a newer one', async () => {
  const system = await make('system', 'Judged');
  const line = (strip: string, marks: string, facts: string) => ({
    system,
    strip,
    digest: strip,
    gaps: 0,
    holds_until: null,
    recheck_at: null,
    marks,
    facts,
    stations: [{ station: 'scope', verdict: strip === 'new' ? 'holds' : 'gap', holds_until: null }],
    found: [],
  });
  const kept = async () =>
    (
      await kernel.store.owner.query(
        `select s.strip, t.verdict from system_line s join standing t using (organisation, system)
          where s.organisation = $1 and s.system = $2`,
        [ctx.organisation, system],
      )
    ).rows;
  await kernel.store.change(ctx, (write) => keepLines(write, [line('new', '5', '3')]));
  for (const [marks, facts] of [
    ['4', '3'],
    ['5', '2'],
  ])
    await kernel.store.change(ctx, (write) => keepLines(write, [line('old', marks ?? '', facts ?? '')]));
  expect(await kept()).toEqual([{ strip: 'new', verdict: 'holds' }]);
  await kernel.store.change(ctx, (write) => keepLines(write, [line('old', '5', '4')]));
  expect(await kept()).toEqual([{ strip: 'old', verdict: 'gap' }]);
});
