import { type Approval, authoredSince, inForce } from '@throughline/domain/approvals.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { barOf, barOfMembers, judgeDuties } from '@throughline/domain/duties.ts';
import { waiverAt } from '@throughline/domain/duty-waivers.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { dutyWaivers } from '../store/duty-waivers.ts';
import { authorsSince, namedIn } from '../store/history.ts';
import { samePersons } from '../store/identities.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { ratersSince } from '../store/risk-opinions.ts';
import { type Duties, readDuties } from './deciders.ts';

/** Those of the records given whose approval in force turned out to be of own work. Where nobody has two accounts, there are none. */
export async function ownAmong(
  reader: Reader,
  kind: Kind,
  acts: ReadonlyMap<string, readonly Approval[]>,
  at: Date,
): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  if (!kind.approvable || (await samePersons(reader)).length === 0) return own;
  const duties = await readDuties(reader, at);
  for (const [record, of] of acts) if (await isOfOwnWork(reader, kind, record, of, duties)) own.add(record);
  return own;
}

/**
 * Whether the approval in force turned out to be of one's own work: whoever gave it is, as is known by now, one person
 * with who wrote, put forward or asked for what it covers (5.3). Another person then approves the same content again.
 */
export async function isOfOwnWork(
  reader: Reader,
  kind: Kind,
  record: string,
  acts: readonly Approval[],
  { who }: Pick<Duties, 'who'>,
): Promise<boolean> {
  const given = inForce(acts);
  if (!given) return false;
  const before = acts.slice(0, acts.indexOf(given));
  const since = authoredSince(before, given.digest);
  const authors = await authorsSince(reader, record, since, given.version);
  const submitters = before.filter(({ act, digest }) => act === 'submit' && digest === given.digest);
  const asked = kind.approvable?.requestedBy ?? [];
  const requesters = asked.length === 0 ? {} : await namedIn(reader, record, asked);
  const raters = kind.name === 'risk' ? await ratersSince(reader, record, since) : [];
  const bars = [
    barOf('author', authors, who),
    barOfMembers('author', raters, who),
    barOf(
      'submitter',
      submitters.map(({ by, onBehalfOf }) => ({ type: 'person', id: by, onBehalfOf })),
      who,
    ),
    barOfMembers('requester', Object.values(requesters).flat(), who),
  ];
  const gave = who.of({ type: 'person', id: given.by, onBehalfOf: given.onBehalfOf });
  if (judgeDuties(gave, bars, true).barred !== null) return true;
  if (judgeDuties(gave, bars, false).barred === null) return false;
  const { timeZone } = await organisationSettings(reader);
  return waiverAt(await dutyWaivers(reader), given.at, dayIn(new Date(given.at), timeZone)) === undefined;
}
