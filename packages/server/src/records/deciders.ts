import type { Actor } from '@throughline/domain/actor.ts';
import { approvalObstacle } from '@throughline/domain/approvals.ts';
import { type AuthorityRow, authorityObstacle } from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { can, type RecordFacts } from '@throughline/domain/permissions.ts';
import { authorityRows } from '../store/authority.ts';
import { listMembers, type StoredMember } from '../store/members.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';

/** What a decision about a record's approval is judged by, beside the permissions. */
export type Duties = {
  /** Members who may not approve, because they wrote it; none where that is waived. */
  readonly authors: readonly string[];
  readonly authority: readonly AuthorityRow[];
  /** Today in the organisation's time zone: authority is held on days. */
  readonly day: string;
};

type Person = Pick<Actor & { type: 'person' }, 'member' | 'roles'>;

/** Why this person may not give an approval that their permissions allow: they wrote it, or their authority ends below. */
export function dutyObstacle(
  kind: Kind,
  fields: Content['fields'],
  person: Person,
  duties: Duties,
): string | undefined {
  const demand = kind.approvable?.authority?.(fields) ?? null;
  return (
    approvalObstacle(person.member, duties.authors, false) ??
    authorityObstacle(duties.authority, person, demand, duties.day)
  );
}

export async function readDuties(reader: Reader, at: Date, authors: readonly string[]): Promise<Duties> {
  const { timeZone, authorMayApprove } = await organisationSettings(reader);
  return {
    authors: authorMayApprove ? [] : authors,
    authority: await authorityRows(reader),
    day: dayIn(at, timeZone),
  };
}

const mostMembers = 500;

/**
 * Who could approve this record as it stands: what a refusal names, and whom "Ask them" asks. People of the demo cannot
 * sign in, so that asking them leads nowhere.
 */
export async function decidersOf(
  reader: Reader,
  kind: Kind,
  record: { readonly content: Content; readonly facts: RecordFacts },
  duties: Duties,
): Promise<StoredMember[]> {
  const members = await listMembers(reader, { limit: mostMembers });
  return members.filter((member) => {
    const person = { type: 'person', member: member.id, roles: member.roles } as const;
    return (
      member.active &&
      !isDemoMember(member.id) &&
      can(person, 'approve', record.facts) &&
      dutyObstacle(kind, record.content.fields, person, duties) === undefined
    );
  });
}
