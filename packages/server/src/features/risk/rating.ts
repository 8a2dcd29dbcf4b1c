import type { Approval } from '@throughline/domain/approvals.ts';
import { type Day, dayIn, firstDay, parseDay } from '@throughline/domain/day.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { isToCome } from '@throughline/domain/kinds/days-come.ts';
import type { Criteria } from '@throughline/domain/risk/criteria.ts';
import {
  type ApprovedCriteria,
  criteriaToday,
  datedBefore,
  ratesFrom,
  versionsApproved,
} from '@throughline/domain/risk/in-force.ts';
import type { DecidedRating } from '@throughline/domain/risk/lowered.ts';
import { type Point, type Rated, type Rating, rate, versionName } from '@throughline/domain/risk/rate.ts';
import { editInside } from '../../records/edit-record.ts';
import { listPage } from '../../records/list-records.ts';
import { ensureMay, ensureVersion, loadReadable, lockFor } from '../../records/load.ts';
import { ensureFoundSaid, ratingsToKeep } from '../../records/rating-lowered.ts';
import type { Services } from '../../services.ts';
import { approvalsOf } from '../../store/approvals.ts';
import type { Context } from '../../store/context.ts';
import { revisionAt } from '../../store/history.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { LockedRecord, Write } from '../../store/write.ts';
import { type Carried, carriedBy } from './carried.ts';

/** A version of a criteria record, whole, as risks are rated by it. */
export type CriteriaNamed = ApprovedCriteria & {
  readonly record: StoredRecord;
  readonly criteria: Criteria;
};

/** The approved version of a criteria record that rates today: not one that becomes valid later. */
export type CriteriaInForce = CriteriaNamed & {
  /** First day that they rate, where they name one or came after others. */
  readonly since: Day | null;
};

export type RatingInput = {
  readonly point: Point;
  readonly rating: Rating;
  readonly assessedOn?: string | undefined;
};

export type RiskRating = {
  readonly risk: StoredRecord;
  readonly criteria: CriteriaInForce | null;
  /** How it was rated as somebody last accepted it or approved a plan for it, and what its findings lead to. */
  readonly measures: readonly DecidedRating[];
  readonly carried: readonly Carried[];
};

/** A risk with the criteria that rate today, and the findings that it carries. */
export async function readRating(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<RiskRating> {
  const kind = services.registry.get('risk');
  ensureMay(asked.actor, kind, 'read');
  const candidates = await keptUpCriteria(services, asked);
  return services.store.read(asked, async (reader) => {
    const risk = await loadReadable(reader, asked.actor, kind, asked.ref);
    const criteria = await criteriaInForce(services, reader, candidates);
    const measures = await ratingsToKeep(reader, risk.id, risk.content);
    return { risk, criteria, measures, carried: await carriedBy(services, reader, asked.actor, risk) };
  });
}

/**
 * Rates one point of a risk by the criteria in force, as an edit of the risk: steps, the level of each bearer, and by
 * which version. Steps that the criteria do not have are refused by part, and nothing is kept.
 */
export async function rateRisk(
  services: Services,
  ctx: Context,
  input: RatingInput & { readonly ref: string; readonly version: number },
): Promise<void> {
  const kind = services.registry.get('risk');
  ensureMay(ctx.actor, kind, 'edit');
  const candidates = await keptUpCriteria(services, ctx);
  await services.store.change(ctx, async (write) => {
    const risk = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(risk, input.version);
    await keepRating(services, write, risk, { ...input, candidates });
  });
}

/** The same on a risk that is locked already. */
export async function keepRating(
  services: Services,
  write: Write,
  risk: LockedRecord,
  input: RatingInput & { readonly candidates: readonly string[] },
): Promise<LockedRecord> {
  const now = await criteriaNow(services, write, input.candidates);
  const rated = rateBy(now, { ...input, before: risk.content.fields });
  const { timeZone } = await organisationSettings(write);
  const today = dayIn(services.clock(), timeZone);
  const assessedOn = input.assessedOn ?? today;
  if ('value' in parseDay(assessedOn) && isToCome(assessedOn, today))
    throw unprocessable([{ at: 'assessedOn', message: `${assessedOn} is a day that is still to come.` }]);
  if ('value' in parseDay(assessedOn)) ensureRatedSince(now, assessedOn);
  const findingsUsed = await findingsInForce(services, write, risk.content.links.carries ?? []);
  const { fields, links } = risk.content;
  if (input.point === 'current')
    await ensureFoundSaid(write, risk.id, { links, fields: { ...fields, ...rated.fields } });
  const { record } = await editInside(write, services.registry.get('risk'), risk, {
    byAct: true,
    fields: { ...rated.fields, findingsUsed, ...(input.point === 'current' ? { assessedOn } : {}) },
    links: { criteria: { set: [now.record.id] } },
  });
  return record;
}

function ensureRatedSince({ ref, version, since }: CriteriaInForce, assessedOn: Day): void {
  const message = datedBefore(versionName(ref, version), since, assessedOn);
  if (message !== undefined) throw unprocessable([{ at: 'assessedOn', message }]);
}

/**
 * The versions of assessments in force that a risk carries findings of, as it names them: whoever rates it looks at what
 * is judged today, also where the same level comes out again. `null` where it carries none.
 */
async function findingsInForce(
  { registry }: Services,
  reader: Reader,
  carried: readonly string[],
): Promise<string[] | null> {
  const { name, prefix } = registry.get('impact-assessment');
  const used = [...(await recordsById(reader, carried)).values()].flatMap(({ kind, number, inForce }) =>
    kind === name && inForce !== null ? [versionName(`${prefix}-${number}`, inForce)] : [],
  );
  return used.length === 0 ? null : used.sort();
}

/** Steps read by the criteria. Throws `unprocessable` with an item for each step that they do not have. */
export function rateBy(
  now: CriteriaInForce,
  input: RatingInput & { readonly before: StoredRecord['content']['fields'] },
): Extract<Rated, { levels: unknown }> {
  const { point, rating, before } = input;
  const rated = rate(now.criteria, { point, rating, before, name: versionName(now.ref, now.version) });
  if ('problems' in rated)
    throw unprocessable(Object.entries(rated.problems).map(([at, message]) => ({ at, message })));
  return rated;
}

/** The criteria that rate today. Throws `conflict` where there are none. */
export async function criteriaNow(
  services: Services,
  reader: Reader,
  candidates: readonly string[],
): Promise<CriteriaInForce> {
  const now = await criteriaInForce(services, reader, candidates);
  if (now === null)
    throw new DomainError('conflict', 'No risk criteria are in force. Approve some, then rate by them.');
  return now;
}

/** Criteria are few: whoever has more than this many kept up has a register of drafts, and the newest of them count. */
const lookedAt = '50';

/** Ids of the criteria that are kept up. Whoever may not read them is rated by none. */
export async function keptUpCriteria(services: Services, asked: Asker): Promise<readonly string[]> {
  const kind = services.registry.get('risk-criteria');
  const { organisation, actor } = asked;
  const { rows } = await listPage(services, {
    organisation,
    actor,
    kind,
    query: { state: 'kept-up', sort: '-updated', limit: lookedAt },
  });
  return rows.map(({ id }) => id);
}

export async function criteriaInForce(
  { registry, clock }: Services,
  reader: Reader,
  candidates: readonly string[],
): Promise<CriteriaInForce | null> {
  const { timeZone } = await organisationSettings(reader);
  const today = dayIn(clock(), timeZone);
  const { prefix } = registry.get('risk-criteria');
  const approved = [];
  const acts = await approvalsOf(reader, candidates);
  for (const record of (await recordsById(reader, candidates)).values()) {
    if (record.inForce === null || record.archivedAt !== null) continue;
    const ref = `${prefix}-${record.number}`;
    for (const version of versionsApproved(acts.get(record.id) ?? [])) {
      const said = version === record.version ? record.content : await revisionAt(reader, record.id, version);
      if (!said?.fields) continue;
      approved.push({ ref, number: record.number, version, fields: said.fields, record });
      // Nobody rates by what stood before a version that is valid already.
      if (hasBegun(said.fields.validFrom, today)) break;
    }
  }
  const found = criteriaToday(approved, (day) => firstDay(day) <= today);
  if (!found) return null;
  const given = approvalMoments(acts);
  const at = given.get(`${found.record.id} ${found.version}`) ?? '';
  const since = ratesFrom(found, at, [...given.values()], (moment) => dayIn(new Date(moment), timeZone));
  return { ...found, since };
}

/** When each approved version was approved last, by the id of its record and its number. */
const approvalMoments = (acts: ReadonlyMap<string, readonly Approval[]>): Map<string, string> =>
  new Map(
    [...acts].flatMap(([record, all]) =>
      all.flatMap(({ act, version, at }): [string, string][] =>
        act === 'approve' ? [[`${record} ${version}`, at]] : [],
      ),
    ),
  );

const hasBegun = (from: Json | undefined, today: string): boolean =>
  typeof from !== 'string' || !('value' in parseDay(from)) || firstDay(from) <= today;
