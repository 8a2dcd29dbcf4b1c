import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { firstDay, lastDay } from '../day.ts';
import type { OrganisationFacts } from './organisation-facts.ts';

/**
 * Whether a person's authority on a day reached a level of a dimension (5.3, 8.3). `null` where the organisation
 * has no row for the dimension: then the permissions that let the person act are all there is to judge by.
 * A level that the table does not know is reached by nobody.
 */
export function hasAuthority(
  organisation: OrganisationFacts,
  o: { member: string; dimension: string; level: string | null; day: string },
): boolean | null {
  const rows = organisation.inputs.authority.filter((row) => row.dimension === o.dimension);
  if (rows.length === 0) return null;
  const roles: readonly string[] = organisation.members.get(o.member)?.roles ?? [];
  return rows.some(
    (row) =>
      (row.member === o.member || (row.role !== null && roles.includes(row.role))) &&
      firstDay(row.validFrom) <= o.day &&
      (row.validTo === null || lastDay(row.validTo) >= o.day) &&
      (o.level === null || reaches(row.level, o.level)),
  );
}

const known: readonly string[] = authorityLevels;

/** A level that is not known neither reaches anything nor is reached. */
const reaches = (held: string, asked: string): boolean =>
  known.includes(held) && known.includes(asked) && rank(held) >= rank(asked);

/** Position of a level, the lowest first; one that is not known stands above all. */
export function rank(level: string): number {
  const position = known.indexOf(level);
  return position === -1 ? known.length : position;
}
