import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { newId } from './ids.ts';
import { memberActing, membersActing } from './powers.ts';

/** Everybody asked at once may exactly what each may who is asked for alone: the two are made of one text. */
let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

test('asked together, each may what they may alone: by role, by group, for somebody away, by whom they were let in', async () => {
  const organisation = await kernel.organisation();
  const plain = await kernel.member(organisation, ['reader'], 'Adviser');
  const grouped = await kernel.member(organisation, ['reader'], 'Buyer');
  const deputy = await kernel.member(organisation, ['reader'], 'Deputy');
  const auditor = await kernel.member(organisation, ['external-auditor'], 'External auditor');
  const opened = await kernel.member(organisation, ['admin'], 'Holder of a link');
  const [group, now] = [newId(), new Date()];
  const sql = (text: string, values: readonly unknown[]) => kernel.store.owner.query(text, [...values]);
  await sql(
    `insert into member_group (organisation, id, name, roles, salt, created_at) values ($1, $2, 'Risk', '{risk-owner}', '', now())`,
    [organisation, group],
  );
  await sql('insert into group_member (organisation, member_group, member) values ($1, $2, $3)', [
    organisation,
    group,
    grouped.member,
  ]);
  await sql(
    `insert into deputy (organisation, id, absent, member, first_day, last_day, created_at, salt)
      values ($1, $2, $3, $4, current_date - 1, current_date + 9, now(), '')`,
    [organisation, newId(), grouped.member, deputy.member],
  );
  await sql(
    `update member set scope = '{"kinds": "all", "systems": "all", "audits": []}', left_on = current_date + 9 where id = $1`,
    [auditor.member],
  );
  for (const [at, by] of ['the one before', 'the last one'].entries())
    await sql(
      `insert into account_reset (organisation, id, member, kind, at, by_type, by_id, by_hand)
        values ($1, $2, $3, 'factors', $4, 'person', $5, true)`,
      [organisation, newId(), opened.member, new Date(now.getTime() - 60_000 + at), by],
    );
  await kernel.member(await kernel.organisation('Elsewhere'), ['admin'], 'Nobody here');

  const ctx = kernel.context(organisation, plain);
  const [together, apart] = await kernel.store.read(ctx, async (reader) => [
    await membersActing(reader, now, {}),
    await Promise.all(
      [plain, grouped, deputy, auditor, opened].map(({ member }) => memberActing(reader, member, now)),
    ),
  ]);
  expect(together.map(({ name }) => name)).toEqual([
    'Adviser',
    'Buyer',
    'Deputy',
    'External auditor',
    'Holder of a link',
  ]);
  expect(together.map(({ actor }) => actor)).toEqual(apart);
  expect(apart[1]).toMatchObject({ byGroup: ['risk-owner'] });
  expect(apart[2]).toMatchObject({ standsFor: [{ member: grouped.member }] });
  expect(apart[3]).toMatchObject({ scope: { kinds: 'all' } });
  expect(apart[4]).toMatchObject({ openedBy: 'the last one' });
  const [first, bearing] = await kernel.store.read(ctx, async (reader) => [
    await membersActing(reader, now, { most: 2 }),
    await membersActing(reader, now, { roles: ['risk-owner'], most: 10 }),
  ]);
  expect(first).toEqual(together.slice(0, 2));
  // By a group, and by standing in for whoever has it by one.
  expect(bearing.map(({ id }) => id)).toEqual([grouped.member, deputy.member]);
});
