import type { Actor } from '@throughline/domain/actor.ts';
import { addDays } from '@throughline/domain/day.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, refused, said } from '../../../test/colleagues.ts';
import { advisoryWaiters } from '../../../test/waiting.ts';
import { exportRecords } from '../../records/export-records.ts';
import type { Context } from '../../store/context.ts';
import { addWaiver } from '../../store/duty-waivers.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { endWaiverEarly, giveWaiver, readWaivers } from './duty-waivers.ts';
import { declareSamePerson } from './same-persons.ts';

const us = colleagues();
const policy = kindOf('document');
let author: Person;
let other: Person;
let third: Person;
beforeEach(() => {
  ({ author, other, third } = us());
});

const reason = 'Three people work here, and two of them write.';
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => addDays(today, days);
const give = (actor: Actor, until = inDays(60)) =>
  giveWaiver(us().kernel.services, us().next(actor), { reason, until });
const read = (actor: Actor = author, kind: string | null = null) =>
  readWaivers(
    { ...us().kernel.services, clock: () => us().next(actor).at },
    { organisation: us().organisation, actor },
    kind,
  );
const end = async (actor: Actor) => {
  const [newest] = (await read()).waivers;
  await endWaiverEarly(us().kernel.services, us().next(actor), newest?.id ?? '', 'A fourth approves now.');
};
const wrote = 'You wrote this version, so another person approves it.';
const approve = (actor: Actor, record: Awaited<ReturnType<typeof made>>) =>
  said(us().act(actor, policy, record, 'approve'));
const made = () => us().aPolicy();

test('an author approves while a waiver stands, and no longer once it was ended; what was approved stands and says so', async () => {
  const first = await made();
  expect(await approve(author, first)).toBe(wrote);
  await give(other);
  expect(await approve(author, first)).toBe('allowed');
  await end(third);
  const second = await made();
  expect(await approve(author, second)).toBe(wrote);
  const { approvals, waivers } = await us().view(policy, first);
  const [waiver] = waivers;
  expect(approvals.at(-1)?.waived).toEqual({ duties: ['author'], waiver: waiver?.id });
  expect(waiver).toMatchObject({ reason, by: other.member, endedBy: third.member });
  expect((await us().view(policy, first)).record.inForce).toBe(1);
});

test('of two that are given at once one stands: the second waits until the first is written', async () => {
  const { kernel } = us();
  const locked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const first = kernel.store.change(us().next(author), async (write) => {
    await oneAtATime(write, 'duty-waivers');
    locked.resolve();
    await gate.promise;
    await addWaiver(write, { reason, by: author.member, onBehalfOf: null, lastDay: inDays(30) });
  });
  await locked.promise;
  let settled = false;
  const second = said(give(other)).finally(() => {
    settled = true;
  });
  while (!settled && (await advisoryWaiters(kernel)) === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  gate.resolve();
  await first;
  expect(await second).toBe('A waiver stands already. End it before another one is given.');
  expect((await read()).waivers).toHaveLength(1);
});

test('a waiver ends by itself with its last day', async () => {
  const lasting = inDays(2);
  await give(other, lasting);
  const { kernel, organisation } = us();
  await kernel.store.owner.query(
    `update duty_waiver set at = at - interval '9 days', last_day = last_day - 9 where organisation = $1`,
    [organisation],
  );
  expect((await read()).waivers).toMatchObject([{ inForce: false, endedAt: null }]);
  expect(await approve(author, await made())).toBe(wrote);
  expect(await said(end(third))).toBe('This waiver has ended already.');
  // And another one may be given.
  await give(other);
  expect((await read()).waivers.map(({ inForce }) => inForce)).toEqual([true, false]);
});

test('it is given by whoever keeps the settings while the table of authority names nobody for waivers', async () => {
  const owner = await us().person('system-owner');
  expect(await refused(give(owner))).toBe('forbidden');
  expect((await read(owner)).give).toEqual({
    may: false,
    reason: 'Your roles do not allow this.',
    who: ['admin', 'aims-manager'],
  });
  expect(await refused(give({ type: 'token', token: author.member, roles: ['admin'] }))).toBe('forbidden');
  expect(await refused(give(author))).toBe('allowed');
});

test('where the table names somebody, they alone give it, or their delegate in their place, up to the highest level', async () => {
  const board = await us().person('reader');
  await us().authorise(
    { dimension: 'waiver', level: 'high', role: 'aims-manager' },
    { dimension: 'waiver', member: board.member, delegate: other.member },
  );
  expect(await said(give(author))).toBe(
    'The table of authority names somebody else for waivers of every level.',
  );
  await give(other);
  expect((await read()).waivers).toMatchObject([{ by: other.member, onBehalfOf: board.member }]);
  // Whoever keeps the settings may end what they may not give: that is the stricter side.
  expect((await read(author)).end).toMatchObject({ may: true });
  await end(author);
  await give(board);
  expect((await read()).waivers[0]).toMatchObject({ by: board.member, onBehalfOf: null });
  const stranger = await us().person('reader');
  expect(await refused(end(stranger))).toBe('forbidden');
});

test('one waiver stands at a time, to a day within a year', async () => {
  expect(await refused(give(other, inDays(-1)))).toBe('unprocessable');
  expect(await refused(give(other, inDays(368)))).toBe('unprocessable');
  await give(other);
  expect(await refused(give(other))).toBe('conflict');
  expect(await refused(endWaiverEarly(us().kernel.services, ctx(other), author.member, reason))).toBe(
    'not-found',
  );
});
const ctx = (actor: Actor): Context => us().next(actor);

test('what stands by a waiver is counted by register, of all that stands there', async () => {
  await give(third);
  const [mine, theirs, dropped] = [await made(), await made(), await made()];
  await approve(author, mine);
  await approve(other, theirs);
  await approve(author, dropped);
  await us().act(other, policy, dropped, 'withdraw', 'It is to be thought over.');
  const [waiver] = (await read()).waivers;
  const counted = { kind: 'document', waiver: waiver?.id, approvals: 1, of: 2 };
  expect((await read()).counts).toEqual([counted]);
  expect((await read(author, 'risk')).counts).toEqual([]);
  // A new version of one's own, approved by another, is no longer one that the waiver let through.
  await us().edit(author, policy, mine, { fields: { name: 'AI policy, second' } });
  expect((await read()).counts).toEqual([counted]);
  await approve(other, mine);
  expect((await read()).counts).toEqual([]);
});

test('an exported register says who approved, for whom, when, and by which waiver', async () => {
  const board = await us().person('top-management');
  await us().authorise({ dimension: 'document', member: board.member, delegate: other.member });
  const theirs = await made();
  await approve(other, theirs);
  await us().authorise();
  await give(third);
  await approve(author, await made());
  const asked = { organisation: us().organisation, actor: author, kind: policy };
  const exported = async (format: string) => {
    const { body } = await exportRecords(us().kernel.services, { ...asked, query: { format } });
    const pieces: string[] = [];
    for await (const piece of body) pieces.push(String(piece));
    return pieces.join('');
  };
  const [head = '', first = '', second = ''] = (await exported('csv')).split('\r\n');
  const cells = (line: string) => line.split(',').slice(-8, -2);
  expect(cells(head)).toEqual([
    'Approved by',
    'In the place of',
    'Approved at',
    'Given by its author under the waiver of',
    'Approval stale',
    'Approval of own work',
  ]);
  const name = 'Head of claims';
  expect(cells(first)).toEqual([name, name, expect.stringContaining(today), '', 'No', 'No']);
  expect(cells(second)).toEqual([name, '', expect.stringContaining(today), today, 'No', 'No']);
  const rows = JSON.parse(await exported('json'));
  expect(rows.map((row: { approval: unknown }) => row.approval)).toMatchObject([
    { by: other.member, onBehalfOf: board.member, waiver: null },
    { by: author.member, onBehalfOf: null, waiver: today },
  ]);
});

test('an exported register says of an approval that it turned out to be of own work', async () => {
  const board = await us().person('top-management');
  await us().authorise({ dimension: 'document', member: board.member, delegate: other.member });
  await approve(other, await made());
  const asked = { organisation: us().organisation, actor: third, kind: policy, query: { format: 'csv' } };
  const last = async () => {
    const { body } = await exportRecords(us().kernel.services, asked);
    let text = '';
    for await (const piece of body) text += String(piece);
    return text.trim().split('\r\n').at(-1)?.split(',').at(-3);
  };
  expect(await last()).toBe('No');
  const { services } = us().kernel;
  await declareSamePerson(services, us().next(third), [author.member, other.member]);
  expect(await last()).toBe('Yes');
});

test('another organisation’s waivers are not there', async () => {
  await give(other);
  const { kernel } = us();
  const elsewhere = await kernel.organisation('Example Insurance');
  const stranger = await kernel.member(elsewhere, ['admin']);
  const foreign = await readWaivers(kernel.services, { organisation: elsewhere, actor: stranger });
  expect([foreign.waivers, foreign.counts]).toEqual([[], []]);
  const [waiver] = (await read()).waivers;
  const context = kernel.context(elsewhere, stranger);
  expect(await refused(endWaiverEarly(kernel.services, context, waiver?.id ?? '', reason))).toBe('not-found');
});
