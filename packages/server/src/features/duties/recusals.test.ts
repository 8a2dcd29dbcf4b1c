import type { Actor } from '@throughline/domain/actor.ts';
import { beforeEach, expect, test } from 'vitest';
import { colleagues, kindOf, type Person, refused, said } from '../../../test/colleagues.ts';
import { standBack } from '../../records/stand-back.ts';
import { joinMembers } from '../../store/identities.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { endStandingBack, readRecusals } from './recusals.ts';

const us = colleagues();
const policy = kindOf('document');
let author: Person;
let other: Person;
let third: Person;
let record: StoredRecord;
beforeEach(async () => {
  ({ author, other, third } = us());
  record = await us().aPolicy();
});

const because = 'My sister sells it to us.';
const back = (actor: Actor) =>
  standBack(us().kernel.services, us().next(actor), policy, { ref: record.id, reason: because });
const list = (actor: Actor = author) =>
  readRecusals(us().kernel.services, { organisation: us().organisation, actor });
const end = async (actor: Actor, why = 'She no longer works there.') => {
  const [newest] = (await list()).recusals;
  await endStandingBack(us().kernel.services, us().next(actor), newest?.id ?? '', why);
};
const act = (actor: Actor, what: 'approve' | 'reject' | 'withdraw') =>
  said(us().act(actor, policy, record, what));
const stoodBack = 'You stood back from this, so another person decides.';

test('whoever stood back neither approves nor rejects nor withdraws, until another person ends it', async () => {
  await back(other);
  expect(await act(other, 'approve')).toBe(stoodBack);
  await us().act(author, policy, record, 'submit');
  expect(await act(other, 'reject')).toBe(stoodBack);
  await us().act(third, policy, record, 'approve');
  expect(await act(other, 'withdraw')).toBe(stoodBack);
  await end(third);
  expect(await act(other, 'withdraw')).toBe('allowed');
  expect((await us().view(policy, record)).recusals).toEqual([]);
});

test('the list says who stands back from what and why, and how it ended', async () => {
  await back(other);
  const before = await list();
  expect(before.recusals).toMatchObject([
    { record: record.id, member: other.member, reason: because, endedAt: null },
  ]);
  expect(before.refs.get(record.id)?.title).toBe('AI policy');
  await end(third);
  expect((await list()).recusals).toMatchObject([
    { endedBy: third.member, endReason: 'She no longer works there.' },
  ]);
  // And one may stand back again.
  expect(await refused(back(other))).toBe('allowed');
  expect((await list()).recusals).toHaveLength(2);
});

test('nobody ends their own standing back, by no account of theirs, and it ends once', async () => {
  await back(other);
  expect(await said(end(other))).toBe('You stood back from this yourself, so another person ends it.');
  await us().kernel.store.change(us().next(author), (write) =>
    joinMembers(write, other.member, third.member),
  );
  expect(await refused(end(third))).toBe('forbidden');
  expect(await refused(end({ type: 'token', token: author.member, roles: ['admin'] }))).toBe('forbidden');
  const fourth = await us().person('aims-manager');
  await end(fourth);
  expect(await refused(end(fourth))).toBe('conflict');
});

test('whoever wrote it does not end that another stands back from it, by no account of theirs', async () => {
  await back(other);
  expect(await said(end(author))).toBe(
    'You wrote what this person stands back from, so another person ends it.',
  );
  const twin = await us().person('admin');
  await us().kernel.store.change(us().next(third), (write) => joinMembers(write, author.member, twin.member));
  expect(await refused(end(twin))).toBe('forbidden');
  await end(third);
});

test('the list says beforehand who ends it: not the author, not the one who stood back, nobody without the right', async () => {
  await back(other);
  const right = async (actor: Actor) => [...(await list(actor)).ends.values()];
  // Among the others only the third has a hand in neither.
  const people = [{ id: third.member, name: expect.any(String) }];
  const refusals: [Actor, string][] = [
    [author, 'You wrote what this person stands back from, so another person ends it.'],
    [other, 'You stood back from this yourself, so another person ends it.'],
    [await us().person('reader'), 'Your roles do not allow this.'],
  ];
  for (const [actor, reason] of refusals)
    expect(await right(actor)).toEqual([{ may: false, reason, people }]);
  expect(await right(third)).toEqual([{ may: true }]);
  const deputy: Person = {
    ...(await us().person('reader')),
    standsFor: [{ member: third.member, roles: ['aims-manager'] }],
  };
  expect(await right(deputy)).toMatchObject([
    { may: false, reason: expect.stringMatching(/right of your own/) },
  ]);
  const token: Actor = { type: 'token', token: third.member, roles: ['admin'] };
  expect(await right(token)).toEqual([{ may: false, reason: 'Only a person ends this; a token cannot.' }]);
  await end(third);
  expect(await right(third)).toEqual([]);
});

test('nobody stands back twice from one thing; another organisation sees and ends nothing', async () => {
  await back(other);
  expect(await refused(back(other))).toBe('conflict');
  const { kernel } = us();
  const elsewhere = await kernel.organisation('Example Insurance');
  const stranger = await kernel.member(elsewhere, ['admin']);
  const there = { organisation: elsewhere, actor: stranger };
  expect((await readRecusals(kernel.services, there)).recusals).toEqual([]);
  const [row] = (await list()).recusals;
  const context = kernel.context(elsewhere, stranger);
  expect(await refused(endStandingBack(kernel.services, context, row?.id ?? '', because))).toBe('not-found');
});

test('whoever stood back takes no step that others rely on, until another person ends it; one that prepares they do', async () => {
  const finding = kindOf('finding');
  const fields = {
    ...{ name: 'No minutes', grade: 'opportunity', followUp: 'improvement' },
    ...{ answer: 'They are kept from now on', closedOn: '2026-01-31' },
  };
  const made = await us().make(author, finding, { fields });
  const { services } = us().kernel;
  await standBack(services, us().next(other), finding, { ref: made.id, reason: because });
  const step = (transition: string) => said(us().step(other, finding, made, transition));
  expect(await step('answer')).toBe('allowed');
  expect(await step('close')).toBe(stoodBack);
  await end(third);
  expect(await step('close')).toBe('allowed');
});
