import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import type { Approved } from './approved.ts';
import type { Clock } from './clock.ts';
import type { TraceMember, TraceRecord } from './inputs.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import type { SystemFacts } from './system-facts.ts';
import { pointingTo } from './system-facts.ts';
import type { Judgement, Sentence } from './types.ts';

/** What a rule may look at: the organisation, one system, and today. */
export type Context = {
  readonly organisation: OrganisationFacts;
  readonly system: SystemFacts;
  readonly clock: Clock;
  /** At a gate rules are judged as if it were passed (gates/derive.ts): whether the system runs in fact. */
  readonly asIf?: { readonly runs: boolean };
};

/** Whether the system runs in fact: of one that is judged as if it did no sentence says so. */
export const runsInFact = ({ system, asIf }: Context): boolean => system.live && asIf?.runs !== false;

/** A rule as data: its id and its judgement. Text, source and weight stand in the catalogue. */
export type Rule = { readonly id: string; readonly judge: (c: Context) => Judgement };

export type StationRules = {
  readonly id: StationId;
  readonly rules: readonly Rule[];
  /** What holds, in one line; asked only when the station holds or is accepted. */
  readonly holding: (c: Context) => Sentence;
};

/** Records of a kind: the system's own and those it uses. */
export function ofKind(c: Pick<Context, 'system'>, kind: string): readonly TraceRecord[] {
  return c.system.byKind.get(kind) ?? [];
}

/** Records of a kind at home in the system. */
export function ownOf(c: Pick<Context, 'system'>, kind: string): TraceRecord[] {
  return ofKind(c, kind).filter((record) => record.system === c.system.record.id);
}

/** Records of the whole organisation, of a kind. */
export function sharedOf(c: Context, kind: string): readonly TraceRecord[] {
  return c.organisation.byKind.get(kind) ?? [];
}

export function inverse(
  c: Context,
  target: { readonly id: string },
  kind: string,
  relation?: string,
): TraceRecord[] {
  return pointingTo(c.system, c.organisation, target.id, kind, relation);
}

export function approvedOf(c: Context, record: TraceRecord): Approved | null {
  return c.system.byId.has(record.id) ? c.system.approved(record) : c.organisation.approved(record);
}

/**
 * When what stands approved of a record was approved (RFC 3339, UTC): that a change had no effect on it is no new word.
 * `null` where nothing stands.
 */
export function approvedAt(c: Context, record: TraceRecord): string | null {
  const approved = approvedOf(c, record);
  if (approved === null) return null;
  const given = record.approvals.findLast(
    ({ act, version }) => act === 'approve' && version === approved.version,
  );
  return new Date(given?.at ?? approved.at).toISOString();
}

export function found(c: Pick<Context, 'system'>, ids: readonly string[]): TraceRecord[] {
  return ids.flatMap((id) => c.system.find(id) ?? []);
}

export function memberOf(c: Context, id: string | null): TraceMember | null {
  return id === null ? null : (c.organisation.members.get(id) ?? null);
}

/** Whether a person can act today: known, active, and not past the last day. */
export function isActive(c: Context, id: string | null): boolean {
  const member = memberOf(c, id);
  return member?.active === true && (member.leftOn === null || !c.clock.over(member.leftOn));
}

export const createdOn = (c: Context, record: TraceRecord): string =>
  c.organisation.zone.dayOf(record.createdAt);

/** Since when the system runs: the date stated, else the day on which the register learnt of it. */
export function runningSince(c: Context): string {
  const stated = c.system.record.fields.liveSince;
  return typeof stated === 'string' ? stated : createdOn(c, c.system.record);
}

/**
 * Since when something missing counts. The system itself misses it since it runs; a record of its own since its own
 * day of use where one is stated, else since it was known: an old system does not make a new use case old.
 */
export function missingSince(c: Context, record: TraceRecord): string {
  if (!c.system.live) return createdOn(c, record);
  if (record.id === c.system.record.id) return runningSince(c);
  const used = record.kind === 'use-case' ? record.fields.liveSince : null;
  return typeof used === 'string' ? used : createdOn(c, record);
}
