import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { mentionText } from '@throughline/domain/mentions.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { readHome } from '../features/home/read-home.ts';
import { addComment, deleteComment, editComment, listComments, seeComment } from './comments.ts';
import { createRecord } from './create-record.ts';

type Person = Actor & { type: 'person' };
let kernel: TestKernel;
let organisation: string;
let writer: Person;
let called: Person;
let auditor: Person;
let record: string;

const system = registry.get('system');
const as = (actor: Actor) => kernel.context(organisation, actor);
const say = (actor: Actor, text: string, field: string | null = null) =>
  addComment(kernel.services, as(actor), system, { ref: record, field, text });
/** Comments that wait on a person's first page. */
const waiting = async (actor: Actor) =>
  (await readHome(kernel.services, { organisation, actor })).mentioned.map((row) => row.comment);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  writer = await kernel.member(organisation, ['aims-manager'], 'AIMS manager');
  called = await kernel.member(organisation, ['system-owner'], 'Head of claims');
  auditor = await kernel.member(organisation, ['internal-auditor'], 'Internal auditor');
  record = (
    await createRecord(kernel.services, as(writer), system, { patch: { fields: { name: 'Triage' } } })
  ).id;
});

test('a mentioned person finds the comment on their first page until they say that they saw it', async () => {
  const id = await say(writer, `Is this still so, ${mentionText(called.member)}?`, 'purpose');
  expect(await waiting(called)).toEqual([id]);
  expect(await waiting(auditor)).toEqual([]);
  await seeComment(kernel.services, as(called), id);
  await seeComment(kernel.services, as(called), id);
  expect(await waiting(called)).toEqual([]);
});

test('a role calls everyone who holds it, each for themselves, and whoever gets it later', async () => {
  const second = await kernel.member(organisation, ['internal-auditor']);
  const id = await say(writer, `For the file: ${mentionText('internal-auditor')}`);
  expect([await waiting(auditor), await waiting(second)]).toEqual([[id], [id]]);
  await seeComment(kernel.services, as(auditor), id);
  expect([await waiting(auditor), await waiting(second)]).toEqual([[], [id]]);
  const newcomer = await kernel.member(organisation, ['internal-auditor']);
  expect(await waiting(newcomer)).toEqual([id]);
});

test('nobody is called by what they wrote, by name or by role', async () => {
  await say(writer, `${mentionText(writer.member)} and ${mentionText('aims-manager')}`);
  expect(await waiting(writer)).toEqual([]);
});

test('whoever answers has seen what they were asked, on that record', async () => {
  const asked = await say(writer, `${mentionText(called.member)}, who decides?`);
  const again = await say(writer, `${mentionText('system-owner')}, and when?`);
  expect((await waiting(called)).sort()).toEqual([asked, again].sort());
  await say(called, 'I do, next week.');
  expect(await waiting(called)).toEqual([]);
});

test('an edit calls whom it names now, and a comment that is taken back calls nobody', async () => {
  const id = await say(writer, `${mentionText(called.member)}, look`);
  await editComment(kernel.services, as(writer), id, `${mentionText(auditor.member)}, look`);
  expect([await waiting(called), await waiting(auditor)]).toEqual([[], [id]]);
  await deleteComment(kernel.services, as(writer), id);
  expect(await waiting(auditor)).toEqual([]);
  expect(await code(seeComment(kernel.services, as(auditor), id))).toBe('not-found');
});

test('the conversation names who wrote and who is called, and tells each reader what speaks to them', async () => {
  const id = await say(writer, `${mentionText(called.member)}, look`);
  const seen = await listComments(kernel.services, as(called), system, record);
  expect(seen.names).toEqual(
    new Map([
      [writer.member, 'AIMS manager'],
      [called.member, 'Head of claims'],
    ]),
  );
  expect([...seen.asking]).toEqual([id]);
  const other = await listComments(kernel.services, as(auditor), system, record);
  expect([...other.asking]).toEqual([]);
});

test('a mention of somebody who is no member here is refused, and so is a token that says it saw', async () => {
  const stranger = await kernel.member(await kernel.organisation(), ['reader']);
  expect(await code(say(writer, mentionText(stranger.member)))).toBe('unprocessable');
  const id = await say(writer, 'Plain words');
  expect(await code(editComment(kernel.services, as(writer), id, mentionText(stranger.member)))).toBe(
    'unprocessable',
  );
  const token = { type: 'token', token: record, roles: ['aims-manager'] } as const;
  expect(await code(seeComment(kernel.services, as(token), id))).toBe('forbidden');
  const elsewhere = kernel.context(await kernel.organisation(), stranger);
  expect(await code(seeComment(kernel.services, elsewhere, id))).toBe('not-found');
});

test('mentions are erased with the comment: ids alone are kept, and no words', async () => {
  await say(writer, `${mentionText(called.member)}, look`);
  const { rows } = await kernel.store.owner.query('select target from mention where organisation = $1', [
    organisation,
  ]);
  expect(rows).toEqual([{ target: called.member }]);
});
