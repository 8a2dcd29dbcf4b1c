import { deputyContent, groupName } from '../../store/bound.ts';
import { membershipKey } from '../../store/groups.ts';
import { type CheckedRow, membershipRows } from '../../store/verify/tables.ts';
import { checkTable } from './check-tables.ts';
import { oneEntry } from './fault-sink.ts';
import { dayText, type Held, holdDigest, type TableCheck } from './hold-row.ts';

/** Holds groups, who is in them and who stands in for whom against the log: rights that nobody holds by their own row. */
export async function checkGroups(check: TableCheck): Promise<void> {
  await checkTable(check, 'member_group', holdGroup);
  await checkTable(check, 'deputy', holdDeputy);
  await checkMemberships(check);
}

function holdGroup(row: CheckedRow<'member_group'>, held: Held): void {
  const { first, last, hold } = held;
  hold('created_at', first.body.at, row.created_at);
  hold('roles', last.body.roles, row.roles);
  hold('removed_at', last.body.act === 'group.removed' ? last.body.at : null, row.removed_at);
  holdDigest(held, last.body.digest, {
    made: groupName(row.salt, row.name),
    columns: 'name, salt',
    mayBeGone: false,
  });
}

function holdDeputy(row: CheckedRow<'deputy'>, held: Held): void {
  const { first, last, hold, check } = held;
  hold('absent', first.body.absent, row.absent);
  hold('member', first.body.member, row.member);
  hold('first_day', first.body.first, dayText(row.first_day));
  hold('last_day', first.body.last, dayText(row.last_day));
  hold('created_at', first.body.at, row.created_at);
  hold('ended_at', last.body.act === 'deputy.ended' ? last.body.at : null, row.ended_at);
  const people = check.told.of('member');
  const erased = [row.absent, row.member].some(
    (member) => people.get(member)?.last.body.act === 'member.erased',
  );
  holdDigest(held, first.body.digest, {
    made: row.salt && row.why !== null ? deputyContent(row.salt, row.why) : null,
    columns: 'why, salt',
    mayBeGone: erased,
  });
}

/** A membership is there while its newest entry says that it began; the row has no column beside its two ids. */
async function checkMemberships({ db, organisation, faults, told }: TableCheck): Promise<void> {
  const open = new Map(
    [...told.of('membership')].filter(([, { last }]) => last.body.act === 'membership.begun'),
  );
  for (const { group, member } of await membershipRows(db, organisation)) {
    const row = membershipKey(group, member);
    if (!open.delete(row)) faults.add('row-unlogged', { table: 'group_member', row });
  }
  for (const [row, { last }] of open)
    faults.add('row-gone', { table: 'group_member', row, entries: oneEntry(last.index) });
}
