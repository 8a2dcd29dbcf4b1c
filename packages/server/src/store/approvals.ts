import {
  type Approval,
  type ApprovalAct,
  approvalActs,
  type Basis,
  type InputNow,
  type InputsNow,
  inForce,
} from '@throughline/domain/approvals.ts';
import { duties } from '@throughline/domain/duties.ts';
import { isObject } from '@throughline/domain/json.ts';
import type { Selectable } from 'kysely';
import { alikeDigests } from './alike.ts';
import { digestsAt } from './history.ts';
import type { Reader } from './reader.ts';
import type { ApprovalTable } from './tables.ts';

/** All approval acts of the records given, oldest first, by record; with an index, those that the log held at that place. */
export async function approvalsOf(
  reader: Reader,
  records: readonly string[],
  index: number | null = null,
): Promise<Map<string, Approval[]>> {
  const acts = new Map<string, Approval[]>(records.map((record) => [record, []]));
  if (records.length === 0) return acts;
  const rows = await reader.run<Selectable<ApprovalTable>>({
    name: 'approvals-of',
    text: `select a.* from approval a where a.organisation = $1 and a.record = any($2::uuid[])
        and ($3::bigint is null or exists (select from log_leaf f
          where f.organisation = a.organisation and f.entry = a.entry and f.index <= $3))
      order by a.at, a.id`,
    values: [reader.organisation, [...new Set(records)], index],
  });
  for (const row of rows) acts.get(row.record)?.push(approvalOf(row));
  return acts;
}

/** The approval acts of one record; with an index, only those that the log held at that place. */
export async function approvalsAt(reader: Reader, record: string, index: number | null): Promise<Approval[]> {
  return (await approvalsOf(reader, [record], index)).get(record) ?? [];
}

export function approvalOf(row: Selectable<ApprovalTable>): Approval {
  return {
    id: row.id,
    record: row.record,
    version: row.version,
    digest: row.digest.toString('hex'),
    act: actOf(row.act),
    basis: row.basis,
    by: row.by_id,
    onBehalfOf: row.on_behalf_of,
    reason: row.reason,
    at: row.at.toISOString(),
    ...waivedIn(row.frozen),
  };
}

function waivedIn(frozen: unknown): Pick<Approval, 'waived'> {
  if (!isObject(frozen) || !Array.isArray(frozen.waived)) return {};
  const { waived, waiver } = frozen;
  const named = duties.filter((duty) => waived.includes(duty));
  return { waived: { duties: named, waiver: typeof waiver === 'string' ? waiver : null } };
}

function actOf(act: string): ApprovalAct {
  const known = approvalActs.find((name) => name === act);
  if (!known) throw new Error(`The approval act "${act}" is unknown to this release`);
  return known;
}

/** Records whose approval in force stood on one of those given, whatever it is now. */
export async function approvedOnBasisOf(reader: Reader, records: readonly string[]): Promise<string[]> {
  if (records.length === 0) return [];
  const wanted = records.map((record) => JSON.stringify([{ record }]));
  const rows = await reader.run<{ record: string }>({
    name: 'approved-on-basis',
    text: `select distinct a.record from approval a join record r on r.organisation = a.organisation and r.id = a.record
      where a.organisation = $1 and a.act in ('approve', 'restore') and r.in_force = a.version and a.basis @> any($2::jsonb[])`,
    values: [reader.organisation, wanted],
  });
  return rows.map((row) => row.record);
}

/** What the records given are now, as inputs of approvals: by it an approval is stale or is not. */
export async function inputsNow(reader: Reader, records: readonly string[]): Promise<InputsNow> {
  const found = new Map<string, InputNow>();
  if (records.length > 0) {
    const rows = await reader.run<{
      id: string;
      digest: string;
      force: string | null;
      alike: string[] | null;
    }>({
      name: 'inputs-now',
      text: `select r.id, encode(r.digest, 'hex') as digest, (select encode(a.digest, 'hex') from approval a
          where a.organisation = r.organisation and a.record = r.id and a.act in ('approve', 'restore') and a.version = r.in_force
          order by a.at desc, a.id desc limit 1) as force, ${alikeDigests('r', 'id')} as alike
        from record r where r.organisation = $1 and r.id = any($2::uuid[])`,
      values: [reader.organisation, [...new Set(records)]],
    });
    for (const { id, digest, force, alike } of rows)
      found.set(id, { digest, inForce: force, alike: alike ?? undefined });
  }
  return (record) => found.get(record);
}

/** The same when the log had the index given: an approval that turned stale later was not stale then. */
export async function inputsAt(
  reader: Reader,
  records: readonly string[],
  index: number,
): Promise<InputsNow> {
  const found = new Map<string, InputNow>();
  const digests = await digestsAt(reader, records, index);
  const acts = await approvalsOf(reader, [...digests.keys()], index);
  for (const [record, { digest, alike }] of digests)
    found.set(record, { digest, alike, inForce: inForce(acts.get(record) ?? [])?.digest ?? null });
  return (record) => found.get(record);
}

/** Present digests of the records given, as `basis` names them. */
export async function digestsOf(reader: Reader, records: readonly string[]): Promise<Basis[]> {
  if (records.length === 0) return [];
  const rows = await reader.run<{ id: string; digest: Buffer }>({
    name: 'digests',
    text: 'select id, digest from record where organisation = $1 and id = any($2::uuid[]) order by id',
    values: [reader.organisation, [...new Set(records)]],
  });
  return rows.map((row) => ({ record: row.id, digest: row.digest.toString('hex') }));
}
