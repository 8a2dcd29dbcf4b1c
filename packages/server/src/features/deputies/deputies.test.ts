import { addDays } from '@throughline/domain/day.ts';
import { expect, test } from 'vitest';
import { colleagues, type Person, said } from '../../../test/colleagues.ts';
import { advisoryWaiters } from '../../../test/waiting.ts';
import { addDeputy } from '../../store/deputies.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { nameDeputy, readDeputies } from './deputies.ts';

const us = colleagues();
const today = new Date().toISOString().slice(0, 10);
const away = (absent: Person, member: Person, from = 1) => ({
  absent: absent.member,
  member: member.member,
  first: addDays(today, from),
  last: addDays(today, from + 9),
  why: 'Leave',
});
const name = (absent: Person, member: Person, from?: number) =>
  nameDeputy(us().kernel.services, us().next(absent), away(absent, member, from));
const read = () =>
  readDeputies(us().kernel.services, { organisation: us().organisation, actor: us().author });

test('of two named for the same days at once one stands: the second waits until the first is written', async () => {
  const { kernel, author, other } = us();
  const locked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const first = kernel.store.change(us().next(author), async (write) => {
    await oneAtATime(write, 'deputies');
    locked.resolve();
    await gate.promise;
    await addDeputy(write, away(author, other));
  });
  await locked.promise;
  let settled = false;
  const second = said(name(author, other, 5)).finally(() => {
    settled = true;
  });
  while (!settled && (await advisoryWaiters(kernel)) === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  gate.resolve();
  await first;
  expect(await second).toBe('They stand in on some of these days already. End that first.');
  expect(await read()).toHaveLength(1);
});

test('whoever stands in already may do so again once those days are over', async () => {
  const { author, other } = us();
  expect(await said(name(author, other))).toBe('allowed');
  expect(await said(name(author, other, 9))).toBe(
    'They stand in on some of these days already. End that first.',
  );
  expect(await said(name(author, other, 11))).toBe('allowed');
  expect((await read()).map(({ first }) => first)).toEqual([addDays(today, 1), addDays(today, 11)]);
});
