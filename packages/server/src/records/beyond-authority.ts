import { type Approval, inForce } from '@throughline/domain/approvals.ts';
import {
  type AskedAuthority,
  type AtStake,
  type AuthorityDemand,
  demandAt,
  highestLevel,
  meets,
} from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { atStake } from '@throughline/domain/trace/at-stake.ts';
import { stakeRecords } from '../store/at-stake.ts';
import { authorityRows } from '../store/authority.ts';
import { organisationSettings } from '../store/organisations.ts';
import { rolesHeld } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { saidInForce } from '../store/said-before.ts';

type Asked = { readonly id: string; readonly kind: string };
type Acts = ReadonlyMap<string, readonly Approval[]>;

/**
 * Those of the records given whose approval in force lets through more than whoever gave it had authority for on that day,
 * by the roles that they have today: what it lets through may have risen since, or a role was taken away (5.3, 8.3).
 * Somebody whose authority reaches it then confirms it, by approving the same content again.
 */
export async function beyondAmong(
  reader: Reader,
  records: readonly Asked[],
  acts: Acts,
): Promise<ReadonlySet<string>> {
  const given = records.filter(({ id }) => inForce(acts.get(id) ?? []));
  const rows = given.length === 0 ? [] : await authorityRows(reader);
  const limited = new Set(rows.map(({ dimension }) => dimension));
  const demands = limited.size === 0 ? [] : await demandsOf(reader, given, acts, limited);
  if (demands.length === 0) return new Set();
  const { timeZone } = await organisationSettings(reader);
  const givers = demands.map(({ approval }) => approval.by);
  const roles = await rolesHeld(reader, givers);
  const lacks = ({ approval }: Demanded, demand: AuthorityDemand): boolean => {
    const giver = { member: approval.by, roles: roles.get(approval.by) ?? [] };
    return meets(rows, giver, demand, dayIn(new Date(approval.at), timeZone)) === false;
  };
  // Most hold authority over all of a dimension, or none: how much is at stake is read only where that decides.
  const open = demands.filter(
    (one) =>
      one.asked.of !== undefined &&
      lacks(one, { ...one.asked, level: highestLevel }) &&
      !lacks(one, { ...one.asked, level: null }),
  );
  const stakes = await stakesOf(reader, open);
  const beyond = demands.filter((one) => lacks(one, demandAt(one.asked, stakes.get(one.id) ?? null)));
  return new Set(beyond.map(({ id }) => id));
}

/** The same of one record. */
export async function isBeyondAuthority(
  reader: Reader,
  { id, kind }: Asked,
  acts: readonly Approval[],
): Promise<boolean> {
  return (await beyondAmong(reader, [{ id, kind }], new Map([[id, acts]]))).has(id);
}

type Demanded = {
  readonly id: string;
  readonly system: string | null;
  readonly approval: Approval;
  readonly asked: AskedAuthority;
};

/** Approvals in force, and what each asks for, where the table of authority limits that. */
async function demandsOf(
  reader: Reader,
  records: readonly Asked[],
  acts: Acts,
  limited: ReadonlySet<string>,
): Promise<Demanded[]> {
  const given = records.flatMap(({ id, kind }) => {
    const [approval, { approvable }] = [inForce(acts.get(id) ?? []), reader.registry.get(kind)];
    return approval && approvable ? [{ id, approval, approvable }] : [];
  });
  const said = await saidInForce(
    reader,
    given.map(({ id }) => id),
  );
  return given.flatMap(({ id, approval, approvable }) => {
    const { fields = {}, system = null } = said.get(id) ?? {};
    const asked = approvable.authority(fields);
    return limited.has(asked.dimension) ? [{ id, system, approval, asked }] : [];
  });
}

/** How much each lets through. Whoever sees a part alone sees no level, which counts as the highest. */
async function stakesOf(reader: Reader, open: readonly Demanded[]): Promise<ReadonlyMap<string, AtStake>> {
  const within = reader.narrow ? [] : open.filter(({ system }) => system !== null);
  const records = await stakeRecords(
    reader,
    within.flatMap(({ system }) => system ?? []),
  );
  const ofSystem = Map.groupBy(records, ({ system }) => system);
  return new Map(
    within.map(({ id, system, asked }) => [
      id,
      atStake(ofSystem.get(system) ?? [], asked.of === 'use' ? id : null),
    ]),
  );
}
