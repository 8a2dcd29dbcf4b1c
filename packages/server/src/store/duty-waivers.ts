import { type DutyWaiver, waiverAt } from '@throughline/domain/duty-waivers.ts';
import { reasonContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A waiver as it was written, and how it ended where it did so early. */
export type WrittenWaiver = DutyWaiver & {
  readonly reason: string;
  /** Members. */
  readonly by: string;
  readonly onBehalfOf: string | null;
  /** The member who asked for it, where another one confirmed it; `null`: it was given by one alone. */
  readonly askedBy: string | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
};

type Row = Omit<WrittenWaiver, 'at' | 'endedAt'> & { readonly at: Date; readonly endedAt: Date | null };

/** Every waiver that was ever given, oldest first. */
export async function dutyWaivers(reader: Reader): Promise<WrittenWaiver[]> {
  const rows = await reader.run<Row>({
    name: 'duty-waivers',
    text: `select id, reason, by_member as by, on_behalf_of as "onBehalfOf", at, last_day::text as "lastDay",
        ended_at as "endedAt", ended_by as "endedBy", end_reason as "endReason", coalesce(asked_by, (select p.by_id::uuid from proposal p
          where p.organisation = w.organisation and p.matter = 'waiver' and p.ended_as = 'confirmed' and p.ended_at = w.at
            and p.ended_by = w.by_member and p.by_type = 'person' limit 1)) as "askedBy"
      from duty_waiver w where organisation = $1 order by at, id`,
    values: [reader.organisation],
  });
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}

/** The waiver in force at a moment, which is on the day given where the organisation is. */
export async function waiverInForce(
  reader: Reader,
  at: Date,
  day: string,
): Promise<WrittenWaiver | undefined> {
  return waiverAt(await dutyWaivers(reader), at.toISOString(), day);
}

export type NewWaiver = {
  readonly reason: string;
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly askedBy?: string | null;
  /** YYYY-MM-DD. */
  readonly lastDay: string;
};

/** Keeps a waiver, with its entry. */
export async function addWaiver(write: Write, given: NewWaiver): Promise<string> {
  const { reason, by, onBehalfOf, askedBy = null, lastDay } = given;
  const id = newId(write.ctx.at.getTime());
  const salt = newSalt();
  await write.run({
    name: 'add-duty-waiver',
    text: `insert into duty_waiver (organisation, id, reason, by_member, on_behalf_of, at, last_day, salt, asked_by)
      values ($1, $2, $3, $4, $5, $6, $7::date, $8, $9)`,
    values: [write.organisation, id, reason, by, onBehalfOf, write.ctx.at, lastDay, salt, askedBy],
  });
  write.log({
    act: 'waiver.given',
    waiver: id,
    lastDay,
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    ...(askedBy === null ? {} : { askedBy }),
    digest: reasonContent(salt, reason),
  });
  touchFacts(write);
  return id;
}

/** Ends a waiver before its day, with its entry; the row stays. */
export async function endWaiver(
  write: Write,
  waiver: DutyWaiver,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  const salt = newSalt();
  await write.run({
    name: 'end-duty-waiver',
    text: `update duty_waiver set ended_at = $3, ended_by = $4, end_reason = $5, end_salt = $6
      where organisation = $1 and id = $2`,
    values: [write.organisation, waiver.id, write.ctx.at, by, reason, salt],
  });
  const digest = reasonContent(salt, reason);
  write.log({ act: 'waiver.ended', waiver: waiver.id, lastDay: waiver.lastDay, digest });
  touchFacts(write);
}

/** A waiver belongs to no system: it is one of the organisation's own facts. */
const touchFacts = (write: Write): void => write.touch({ id: write.organisation, system: null });

/** Approvals in force of one register, and how many of them a waiver alone let through, by waiver. */
export type WaivedCount = {
  readonly kind: string;
  /** `null` for an approval of before waivers had an id. */
  readonly waiver: string | null;
  readonly approvals: number;
  /** All approvals in force in the register. */
  readonly of: number;
};

/**
 * Counts what stands in force by a waiver, by register, of records that the reader may see and that are not archived.
 * Found over the few approvals that froze anything; the whole is counted for their registers alone.
 */
export async function waivedCounts(reader: Reader, kind: string | null = null): Promise<WaivedCount[]> {
  return reader.run<WaivedCount>({
    name: 'waived-counts',
    text: `with waived as (
        select r.kind, a.frozen ->> 'waiver' as waiver, count(distinct r.id)::int as approvals
        from approval a join record r on r.organisation = a.organisation and r.id = a.record
        where a.organisation = $1 and a.frozen is not null and a.frozen -> 'waived' is not null
          and a.act in ('approve', 'restore') and r.in_force = a.version and r.archived_at is null
          and ($2::text is null or r.kind = $2)
          and not exists (select from approval n where n.organisation = a.organisation and n.record = a.record
            and n.version = a.version and n.act in ('approve', 'restore') and (n.at, n.id) > (a.at, a.id))
        group by 1, 2)
      select w.kind, w.waiver, w.approvals, (select count(*)::int from record r where r.organisation = $1
        and r.kind = w.kind and r.in_force is not null and r.archived_at is null) as of
      from waived w order by w.kind, w.waiver`,
    values: [reader.organisation, kind],
  });
}
