import type { Actor } from '@throughline/domain/actor.ts';
import { type Approval, authoredSince } from '@throughline/domain/approvals.ts';
import {
  type AtStake,
  type AuthorityRow,
  authorityObstacle,
  demandAt,
  standsInFor,
} from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import {
  type Bar,
  barOf,
  barOfMembers,
  type Deed,
  type Duty,
  dutyWords,
  judgeDuties,
  type Persons,
} from '@throughline/domain/duties.ts';
import type { DutyWaiver } from '@throughline/domain/duty-waivers.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { can, type RecordFacts, type Role, rightTo, whoCan } from '@throughline/domain/permissions.ts';
import { atStake } from '@throughline/domain/trace/at-stake.ts';
import { stakeRecords } from '../store/at-stake.ts';
import { authorityRows } from '../store/authority.ts';
import { waiverInForce } from '../store/duty-waivers.ts';
import { authorsSince, namedIn } from '../store/history.ts';
import { persons } from '../store/identities.ts';
import { organisationSettings } from '../store/organisations.ts';
import { membersActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { recusalsOf } from '../store/recusals.ts';
import { ratersSince, ratersWaiting } from '../store/risk-opinions.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** What a decision about a record's approval is judged by, beside the permissions. */
export type Duties = {
  /** Persons whom a duty keeps from deciding. */
  readonly bars: readonly Bar[];
  /** The waiver in writing that stands now, which lifts what may be waived. */
  readonly waiver: DutyWaiver | null;
  readonly authority: readonly AuthorityRow[];
  /** What an approval lets through, where its kind asks for authority over that; `null` where it was not looked at. */
  readonly stake: AtStake | null;
  /** Today in the organisation's time zone: authority is held on days. */
  readonly day: string;
  readonly who: Persons;
  /** The moment of that day: who stands in for whom is a matter of days too. */
  readonly at: Date;
};

/** The member in whose place a deputy acts, by whose right alone they may; `null` for a right of their own. */
export type Place = string | null;

type Person = Pick<Actor & { type: 'person' }, 'member' | 'roles' | 'standsFor'>;

/** A decision that may be taken: in whose place, and under which duties that a waiver alone lifts. */
export type Decision =
  | { readonly obstacle: string }
  | {
      readonly obstacle: undefined;
      readonly onBehalfOf: string | null;
      readonly waived: readonly Duty[];
    };

/**
 * Whether this person may give an approval that their permissions allow: duties first, then authority. Whoever is stood
 * in for, as a deputy or as a delegate, is bound by the same duties, by whichever right the deputy decides: a right of
 * their own makes nobody a stranger to those for whom they act. The approval names the holder of the authority.
 */
export function judgeDecision(
  kind: Kind,
  fields: Content['fields'],
  person: Person,
  duties: Duties,
  deputyOf: Place = null,
): Decision {
  const asked = kind.approvable?.authority(fields);
  const demand = asked === undefined ? null : demandAt(asked, duties.stake);
  const places = demand === null ? [null] : standsInFor(duties.authority, person, demand, duties.day);
  const absent = (person.standsFor ?? []).map((one) => one.member);
  let barred: Duty | undefined;
  for (const holder of places.length > 0 ? places : [null]) {
    const acting = [holder, deputyOf, ...absent].flatMap((onBehalfOf) =>
      duties.who.of({ type: 'person', id: person.member, onBehalfOf }),
    );
    const judged = judgeDuties(acting, duties.bars, duties.waiver !== null);
    if (judged.barred !== null) barred ??= judged.barred;
    else {
      const obstacle = authorityObstacle(duties.authority, person, demand, duties.day);
      return obstacle === undefined
        ? { obstacle, onBehalfOf: holder ?? deputyOf, waived: judged.waived }
        : { obstacle };
    }
  }
  return { obstacle: dutyWords[barred ?? 'author'] };
}

/** Why this person may not decide; nothing where they may. */
export function dutyObstacle(
  kind: Kind,
  fields: Content['fields'],
  person: Person,
  duties: Duties,
  deputyOf: Place = null,
): string | undefined {
  return judgeDecision(kind, fields, person, duties, deputyOf).obstacle;
}

/** For whom somebody would approve this as a deputy; nothing where it is their own right, or nobody's. */
export const deputyFor = (actor: Actor, facts: RecordFacts): Place =>
  rightTo(actor, 'approve', facts)?.onBehalfOf ?? null;

/** What every decision of a day is judged by; the bars are each record's own. */
export async function readDuties(reader: Reader, at: Date): Promise<Duties> {
  const { timeZone } = await organisationSettings(reader);
  const day = dayIn(at, timeZone);
  return {
    bars: [],
    stake: null,
    waiver: (await waiverInForce(reader, at, day)) ?? null,
    authority: await authorityRows(reader),
    day,
    who: await persons(reader),
    at,
  };
}

/** A record as a decision about it is asked for. */
export type Decided = {
  readonly id: string;
  readonly system: string | null;
  readonly fields: Content['fields'];
  /** Digest of the content, hex. */
  readonly digest: string;
};

export const decidedOf = ({ id, system, content, digest }: StoredRecord): Decided => ({
  id,
  system,
  fields: content.fields,
  digest: digest.toString('hex'),
});

/** What a decision about one record is judged by, beside what every decision of the day is. */
export async function dutiesFor(
  reader: Reader,
  kind: Kind,
  record: Decided,
  acts: readonly Approval[],
  common: Duties,
): Promise<Duties> {
  const bars = await barsOf(reader, kind, record, acts, common.who);
  return { ...common, bars, stake: await stakeOf(reader, kind, record, common) };
}

/** How much an approval lets through. Whoever sees a part alone sees no level, which counts as the highest. */
async function stakeOf(
  reader: Reader,
  kind: Kind,
  { id, system, fields }: Decided,
  { authority }: Duties,
): Promise<AtStake | null> {
  const asked = kind.approvable?.authority(fields);
  const limited = authority.some(({ dimension }) => dimension === asked?.dimension);
  if (asked?.of === undefined || !limited || system === null || reader.narrow) return null;
  return atStake(await stakeRecords(reader, [system]), asked.of === 'use' ? id : null);
}

/** Whom duties keep from deciding about a record: who wrote it, submitted it, asked for it or stood back from it. */
async function barsOf(
  reader: Reader,
  kind: Kind,
  record: Decided,
  acts: readonly Approval[],
  who: Persons,
): Promise<Bar[]> {
  const since = authoredSince(acts, record.digest);
  const authors = await authorsSince(reader, record.id, since);
  const submitters = acts.filter((act) => act.act === 'submit' && act.digest === record.digest);
  const asked = kind.approvable?.requestedBy ?? [];
  const requesters = asked.length === 0 ? {} : await namedIn(reader, record.id, asked);
  const raters =
    kind.name === 'risk'
      ? [...(await ratersSince(reader, record.id, since)), ...(await ratersWaiting(reader, record.id))]
      : [];
  const recused = await recusalsOf(reader, [record.id, record.system]);
  return [
    barOf('author', authors, who),
    // Whose ratings a version was settled from had a hand in what it says.
    barOfMembers('author', raters, who),
    barOf('submitter', submitters.map(deedOf), who),
    barOfMembers('requester', Object.values(requesters).flat(), who),
    barOfMembers(
      'recused',
      recused.map((one) => one.member),
      who,
    ),
  ];
}

/** By the id alone it is told whether a token acted. */
const deedOf = (act: Approval): Deed => ({ type: 'person', id: act.by, onBehalfOf: act.onBehalfOf });

/** Somebody who could decide, with the roles that they have by themselves and by their groups. */
export type Decider = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly deputyOf: Place;
  readonly standsFor?: (Actor & { type: 'person' })['standsFor'];
};

/** Why one of them may not decide under other duties; nothing where they may. */
export const deciderObstacle = (
  kind: Kind,
  fields: Content['fields'],
  { id, roles, deputyOf, standsFor = [] }: Omit<Decider, 'name'>,
  duties: Duties,
): string | undefined => dutyObstacle(kind, fields, { member: id, roles, standsFor }, duties, deputyOf);

/** What binds whoever rejects or withdraws: having stood back alone. Taking back one's own is no conflict. */
export const standingBackAlone = (duties: Duties): Duties => ({
  ...duties,
  authority: [],
  bars: duties.bars.filter(({ duty }) => duty === 'recused'),
});

/**
 * Who could approve this record as it stands: what a refusal names, and whom "Ask them" asks. People of the demo cannot
 * sign in, so that asking them leads nowhere.
 */
export async function decidersOf(
  reader: Reader,
  kind: Kind,
  record: { readonly content: Content; readonly facts: RecordFacts },
  duties: Duties,
): Promise<Decider[]> {
  const members = await membersActing(reader, duties.at, { roles: whoCan(kind.name, 'approve') });
  return members
    .filter(({ id, actor }) => !isDemoMember(id) && can(actor, 'approve', record.facts))
    .map(({ id, name, actor }) => ({
      id,
      name,
      roles: actor.roles,
      deputyOf: deputyFor(actor, record.facts),
      standsFor: actor.standsFor ?? [],
    }))
    .filter((one) => deciderObstacle(kind, record.content.fields, one, duties) === undefined);
}
