import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { analyseFile } from '../features/imports/analyse-file.ts';
import { applyImport } from '../features/imports/apply-import.ts';
import { previewImport } from '../features/imports/preview-import.ts';
import { undoImport } from '../features/imports/undo-import.ts';
import { transitionsOf } from '../http/present/record-abilities.ts';
import { addWaiver } from '../store/duty-waivers.ts';
import { joinMembers } from '../store/identities.ts';
import { bulkChange } from './bulk-change.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';
import { archiveRecord, restoreRecord, transitionRecord } from './transition-record.ts';
import { notAlone } from './two-hands.ts';
import { undoChange } from './undo-change.ts';

const kind = registry.get('obligation');
type Person = Actor & { type: 'person' };
let kernel: TestKernel;
let organisation: string;
let one: Person;
let other: Person;
beforeAll(async () => {
  kernel = await testKernel();
});
beforeEach(async () => {
  organisation = await kernel.organisation();
  one = await kernel.member(organisation, ['aims-manager'], 'Compliance');
  other = await kernel.member(organisation, ['aims-manager'], 'Claims');
});
afterAll(() => kernel.close());

/** Days, at noon: what is written on one stood on the next. */
const on = (day: number) => new Date(Date.UTC(2026, 2, day, 12));
const by = (actor: Actor, day: number) => kernel.context(organisation, actor, on(day));
const wrote = (fields: Record<string, unknown>, links?: Patch['links']): Patch => ({
  fields,
  ...(links ? { links } : {}),
});
const law = (actor: Actor, day: number, fields: object = {}, links?: Patch['links']) =>
  createRecord(kernel.services, by(actor, day), kind, {
    patch: wrote({ name: 'Tell people', source: 'law', ...fields }, links),
  });
const edit = (actor: Actor, day: number, ref: string, patch: Patch) =>
  editRecord(kernel.services, by(actor, day), kind, { ref, patch, version: null });
const step = (actor: Actor, day: number, ref: string, transition: string, fields?: Record<string, string>) =>
  transitionRecord(kernel.services, by(actor, day), kind, {
    ...{ ref, version: null, transition },
    ...(fields ? { patch: { fields } } : {}),
  });
const archive = (actor: Actor, day: number, ref: string) =>
  archiveRecord(kernel.services, by(actor, day), kind, { ref, version: null });
const undo = (actor: Actor, day: number, ref: string, version: number) =>
  undoChange(kernel.services, by(actor, day), kind, { ref, version });
const made = async (name: string, fields: object) =>
  (
    await createRecord(kernel.services, by(other, 1), registry.get(name), {
      patch: { fields: { ...fields } },
    })
  ).id;
const gone = { appliesTo: '2026-03-01', endReason: 'Another act repealed it on that day.' };
const asksLess = { code: 'unprocessable', message: expect.stringContaining('law asks for no less') };
const staysThere = { code: 'conflict', message: expect.stringContaining('Law that binds is not archived') };
const sameHand = { code: 'forbidden', message: expect.stringContaining('somebody else does') };

test('nobody alone takes a day, an item, a control or a system away from law, whoever wrote it and in whatever state', async () => {
  const control = await made('control', { name: 'Notices', code: 'C-1' });
  const [first, second] = [await made('system', { name: 'Chat' }), await made('system', { name: 'Scores' })];
  const { id } = await law(
    one,
    1,
    { item: 'OB-4', appliesFrom: '2025-02-02', duty: 'inform' },
    { controls: { set: [control] }, concerns: { set: [first, second] } },
  );
  const less: Patch[] = [
    wrote({ appliesFrom: '2099-01-01' }),
    wrote({ item: null }),
    wrote({ item: 'OB-5' }),
    wrote({ duty: null }),
    wrote({}, { controls: { remove: [control] } }),
    wrote({}, { concerns: { set: [first] } }),
    wrote({}, { system: { set: [first] } }),
  ];
  const tried = async (day: number) => {
    for (const actor of [one, other])
      for (const patch of less) await expect(edit(actor, day, id, patch)).rejects.toMatchObject(asksLess);
  };
  await tried(2);
  await step(one, 2, id, 'reopen');
  await tried(3);
  await step(one, 3, id, 'takeOn');
  // In steps of one day: what it said before is what counts.
  await edit(one, 3, id, wrote({ appliesFrom: '2024-01-01' }));
  await expect(edit(one, 3, id, wrote({ appliesFrom: '2025-02-03' }))).rejects.toMatchObject(asksLess);
  await edit(one, 3, id, wrote({ appliesFrom: '2025-02-02' }));
  const outcome = await bulkChange(kernel.services, by(one, 4), kind, {
    ids: [id],
    act: { patch: wrote({}, { controls: { set: [] } }) },
  });
  expect(outcome.refused).toMatchObject([{ id, reason: asksLess.message }]);
});

test('who wrote law amiss puts it right on the same day, and nobody else, nor they once somebody wrote since', async () => {
  const { id } = await law(one, 1, { item: 'OB-5', appliesFrom: '2025' });
  await edit(one, 1, id, wrote({ item: 'OB-4', appliesFrom: '2026' }));
  await expect(edit(other, 1, id, wrote({ item: null }))).rejects.toMatchObject(asksLess);
  await edit(other, 1, id, wrote({ provision: 'Article 4' }));
  await expect(edit(one, 1, id, wrote({ item: null }))).rejects.toMatchObject(asksLess);
  await expect(archive(one, 1, id)).rejects.toMatchObject(staysThere);
  const { id: twice } = await law(one, 1);
  await archive(one, 1, twice);
  const { id: never } = await law(one, 1);
  expect((await step(one, 1, never, 'end', gone)).state).toBe('ended');
});

test('law is ended by another person than who said when and why, and archived then', async () => {
  const { id } = await law(one, 1);
  await expect(archive(other, 2, id)).rejects.toMatchObject(staysThere);
  await expect(step(one, 2, id, 'end', gone)).rejects.toMatchObject(sameHand);
  await edit(one, 2, id, wrote(gone));
  await expect(step(one, 3, id, 'end')).rejects.toMatchObject({
    ...sameHand,
    facts: { who: expect.arrayContaining(['aims-manager']), people: [{ id: other.member, name: 'Claims' }] },
  });
  // Whoever says one of the two anew says it, and leaves the step to the other.
  await expect(
    step(other, 3, id, 'end', { endReason: 'It was never law, as counsel says.' }),
  ).rejects.toMatchObject(sameHand);
  expect((await step(other, 3, id, 'end')).state).toBe('ended');
  await archive(one, 4, id);
});

test('neither a second account, a deputy nor a program is another person', async () => {
  const twin = await kernel.member(organisation, ['aims-manager'], 'Compliance again');
  await kernel.store.change(by(one, 1), (write) => joinMembers(write, one.member, twin.member));
  const { id } = await law(other, 1);
  await edit(one, 2, id, wrote(gone));
  const standsFor = [{ member: one.member, roles: ['aims-manager' as const] }];
  const deputy: Person = { ...(await kernel.member(organisation, ['aims-manager'], 'Deputy')), standsFor };
  const program: Actor = { type: 'token', token: crypto.randomUUID(), roles: ['aims-manager'] };
  // Nor is an account that one administrator alone opened.
  const opened: Person = { ...(await kernel.member(organisation, ['aims-manager'])), openedBy: one.member };
  for (const actor of [twin, deputy, program, opened])
    await expect(step(actor, 3, id, 'end')).rejects.toMatchObject({ code: 'forbidden' });
  expect((await step(other, 3, id, 'end')).state).toBe('ended');
});

test('somebody alone is told what to do, and law binds until then', async () => {
  const { id } = await law(one, 1, gone);
  await kernel.store.owner.query('update member set active = false where id = $1', [other.member]);
  await expect(step(one, 2, id, 'end')).rejects.toThrow(
    /somebody else does.*let somebody in.*waived in writing/,
  );
  const refused = await kernel.store.read(by(one, 2), async (reader) => {
    const { record } = await readRecord(kernel.services, { organisation, actor: one, kind, ref: id });
    return notAlone(reader, { actor: one, at: on(2) }, kind, record, { state: 'ended' });
  });
  expect(refused?.people).toEqual([]);
});

test('a waiver in writing lets who said it end it', async () => {
  const { id } = await law(one, 1, gone);
  await kernel.store.change(by(other, 2), (write) =>
    addWaiver(write, {
      ...{ reason: 'There are two of us', by: other.member, onBehalfOf: null },
      lastDay: '2026-03-31',
    }),
  );
  await expect(edit(one, 3, id, wrote({ source: 'law', appliesFrom: '2027' }))).rejects.toMatchObject(
    asksLess,
  );
  expect((await step(one, 3, id, 'end')).state).toBe('ended');
});

test('the page says beforehand what is refused', async () => {
  const { id } = await law(one, 1, gone);
  const view = await readRecord(kernel.services, { organisation, actor: one, kind, ref: id });
  expect(view.goesOn).toContain('Law that binds is not archived');
  const says = 'Somebody else does.';
  const people = [{ id: other.member, name: 'Claims' }];
  const ahead = new Map([['end', { says, who: ['aims-manager'], people }]]);
  expect(transitionsOf(view, one, ahead).find(({ name }) => name === 'end')).toMatchObject({
    ability: { allowed: false, reason: says, who: ['aims-manager'], people },
  });
});

test('undoing takes nothing away that stood, by whomever it was written', async () => {
  const { id } = await law(one, 1);
  await expect(undo(one, 2, id, 1)).rejects.toMatchObject(staysThere);
  await edit(one, 2, id, wrote({ item: 'OB-4' }));
  await expect(undo(one, 3, id, 2)).rejects.toMatchObject(asksLess);
  await expect(undo(other, 2, id, 2)).rejects.toMatchObject(asksLess);
  await undo(one, 2, id, 2);

  const house = await law(one, 1, { source: 'house' });
  await edit(one, 2, house.id, wrote({ source: 'law' }));
  await expect(undo(one, 3, house.id, 2)).rejects.toMatchObject(asksLess);

  // Taken on again and brought back it stands, and goes the way it went before.
  await edit(one, 3, id, wrote(gone));
  await step(other, 3, id, 'end');
  await step(other, 4, id, 'takeOn');
  for (const actor of [one, other])
    await expect(undo(actor, 5, id, 6)).rejects.toMatchObject({
      code: 'conflict',
      message: sameHand.message,
    });
  await step(other, 5, id, 'end');
  await archive(one, 5, id);
  await restoreRecord(kernel.services, by(one, 6), kind, { ref: id, version: null });
  await step(one, 6, id, 'takeOn');
  await expect(archive(other, 6, id)).rejects.toMatchObject(staysThere);
});

const file = (actor: Actor, day: number, ...rows: string[]) =>
  analyseFile(kernel.services, by(actor, day), {
    name: 'law.csv',
    bytes: Buffer.from(
      ['Id,Obligation,Source,Applies from,Applies to,Why it ended,State', ...rows].join('\n'),
    ),
    kind,
  });
const states = async () => {
  const { rows } = await kernel.store.owner.query(
    `select title, state, archived_at is not null as archived from record
      where organisation = $1 and kind = 'obligation' order by number`,
    [organisation],
  );
  return rows.map(({ title, state, archived }) => [title, state, archived]);
};

const keep = 'L-2,Keep,Law,2025-02-02,,,Taken on';

test('nor does a file, nor undoing one', async () => {
  const bring = async (actor: Actor, day: number, ...rows: string[]) => {
    const { id } = await file(actor, day, ...rows);
    const seen = await previewImport(kernel.services, by(actor, day), id);
    await applyImport(kernel.services, by(actor, day), id, { archiveMissing: true });
    return { id, said: seen.rejected.map(({ message }) => message), seen };
  };
  const first = await bring(
    one,
    1,
    'L-1,Tell,Law,2025-02-02,,,Taken on',
    'L-2,Keep,Law,2025-02-02,,,Taken on',
  );
  await expect(undoImport(kernel.services, by(one, 2), first.id)).rejects.toThrow(
    /OBL-1: Law that binds is not archived.*Nothing was undone/,
  );
  const more = await bring(other, 1, 'L-1,Tell,Law,2024-02-02,,,Taken on', keep);
  await expect(undoImport(kernel.services, by(one, 2), more.id)).rejects.toThrow(
    /OBL-1: Applies from: law asks for no less.*Nothing was undone/,
  );
  await undoImport(kernel.services, by(other, 1), more.id);
  const put = await bring(one, 2, 'L-1,Tell,Law,2036-01-01,,,Taken on');
  expect(put.said).toEqual([expect.stringContaining('Applies from: law asks for no less')]);
  expect(put.seen.missing).toMatchObject([{ title: 'Keep', whyItStays: staysThere.message }]);
  const ended = `L-1,Tell,Law,2025-02-02,${gone.appliesTo},${gone.endReason},Ended`;
  expect((await bring(one, 3, ended, keep)).said).toEqual([expect.stringContaining('somebody else does')]);
  expect(await states()).toEqual([
    ['Tell', 'taken-on', false],
    ['Keep', 'taken-on', false],
  ]);
  // The words are there by now: another person brings the step, or takes it.
  expect((await bring(other, 4, ended, keep)).said).toEqual([]);
  expect((await states())[0]).toEqual(['Tell', 'ended', false]);
  const again = await bring(other, 5, `L-1,Tell,Law,2025-02-02,,,Taken on`, keep);
  expect((await states())[0]).toEqual(['Tell', 'taken-on', false]);
  await expect(undoImport(kernel.services, by(one, 6), again.id)).rejects.toThrow(
    /OBL-1: Who wrote “Applies to”.*Nothing was undone/,
  );
});
