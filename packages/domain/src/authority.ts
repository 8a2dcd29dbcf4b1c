import { type AuthorityLevel, authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { firstDay, lastDay } from './day.ts';
import { isDemoMember } from './demo-member.ts';

/** A row of the table of authority: who decides one dimension up to one level, on which days (5.3, 8.3). */
export type AuthorityRow = {
  readonly dimension: string;
  readonly level: string;
  readonly member: string | null;
  readonly role: string | null;
  /** Member who decides in the holder's place. */
  readonly delegate?: string | null;
  /** YYYY-MM-DD, both days included; `null` without end. */
  readonly validFrom: string;
  readonly validTo: string | null;
};

/** What an approval decides over: with no level, any authority in the dimension is enough. */
export type AuthorityDemand = {
  readonly dimension: string;
  readonly level: string | null;
  /** What is not known yet, so that the level is the highest. */
  readonly open?: AtStake['open'] | 'borne' | 'expected' | 'weight';
};

/** A demand at the level that content says; what says none counts as the highest (5.3, 8.3). */
export function demandOf(
  dimension: string,
  level: unknown,
  open: NonNullable<AuthorityDemand['open']>,
): AuthorityDemand {
  return typeof level === 'string' ? { dimension, level } : { dimension, level: highestLevel, open };
}

/** What a kind asks for by its content; with `of`, at the level of the system it belongs to, or of the use that it is. */
export type AskedAuthority = AuthorityDemand & { readonly of?: 'system' | 'use' };

/** The level of a system or of a use, and what of it nobody has settled: a use on record, a class, a rating. */
export type AtStake = { readonly level: AuthorityLevel; readonly open: 'use' | 'class' | 'rating' | null };

export const highestLevel: AuthorityLevel = 'severe';

/** The demand with its level. Where that is another record's and was not looked at, it is the highest. */
export function demandAt(asked: AskedAuthority, stake: AtStake | null): AuthorityDemand {
  const { of, ...demand } = asked;
  if (of === undefined) return demand;
  return { ...demand, level: stake?.level ?? highestLevel, open: stake === null ? null : stake.open };
}

/**
 * Kinds whose approval is decided by a dimension, whatever their content says; empty where it is decided in another way,
 * or by what a record says of itself.
 */
export const kindsDecided = (
  dimension: string,
  kinds: readonly {
    readonly name: string;
    readonly approvable?:
      | { readonly authority: (fields: Record<string, never>) => AskedAuthority | null }
      | undefined;
  }[],
): string[] =>
  kinds
    .filter(({ approvable }) => approvable?.authority({})?.dimension === dimension)
    .map(({ name }) => name);

type Person = { readonly member: string; readonly roles: readonly string[] };

/** Dimensions beside those of the catalogue: whatever is approved has one (5.3, 6.1.3, 7.5). */
export const ownDimensions = [
  { id: 'treatment_plan', name: 'Approval of a treatment plan' },
  { id: 'risk_criteria', name: 'Approval of risk criteria' },
  { id: 'applicability', name: 'Statement of Applicability' },
  { id: 'impact_assessment', name: 'Sign-off of an impact assessment' },
  { id: 'classification', name: 'Sign-off of a classification' },
  { id: 'document', name: 'Approval of a document' },
] as const;

/**
 * Dimensions of the catalogue that are given to nobody here, as nothing asks them: the records by which they are decided,
 * a boundary of autonomy and a decision of oversight, are no kinds yet. More autonomy of a use case is a significant
 * change and asks `use_case` anew; stopping one is held up by no authority at all. A test fails for a dimension of the
 * table that nothing asks.
 */
export const unaskedDimensions: readonly string[] = ['autonomy', 'stop'];

/** Everything that authority can be given over: what the catalogue names and something asks, and what else is approved. */
export const dimensionsAsked = (catalogue: {
  readonly model: {
    readonly authority: { readonly dimensions: readonly { readonly id: string; readonly name: string }[] };
  };
}): readonly { readonly id: string; readonly name: string }[] => [
  ...catalogue.model.authority.dimensions.filter(({ id }) => !unaskedDimensions.includes(id)),
  ...ownDimensions,
];

const known: readonly string[] = authorityLevels;

/** Position of a level, the lowest first; one that is not known stands above all. */
export function rank(level: string): number {
  const position = known.indexOf(level);
  return position === -1 ? known.length : position;
}

/** A level that is not known neither reaches anything nor is reached. */
const reaches = (held: string, asked: string): boolean =>
  known.includes(held) && known.includes(asked) && rank(held) >= rank(asked);

/** What levels are borne or released over: where no limit is set there, that is said (5.3, 8.3). */
export const limitedDimensions = ['residual_risk', 'interim_risk', 'use_case', 'release', 'waiver'] as const;

/**
 * By what a dimension is decided on a day. `roles`: no line ever spoke of it, so that whoever may approve decides every
 * level; `nobody`: every line that did is over; `table`: its lines bind. What pages and the line say of authority is this,
 * and it is what `meets` answers to everybody.
 */
export function decidedBy(
  rows: readonly AuthorityRow[],
  dimension: string,
  day: string,
): 'roles' | 'nobody' | 'table' {
  const lines = rows.filter((row) => row.dimension === dimension);
  if (lines.length === 0) return 'roles';
  return lines.some((row) => inForceOn(row, day)) ? 'table' : 'nobody';
}

/** Whether no line ever limited a decision over a level, so that a role alone decides it: whoever decides is told (5.3, 8.3). */
export const isUnlimited = (
  rows: readonly AuthorityRow[],
  { dimension, level, of }: AskedAuthority,
  day: string,
): boolean =>
  (level !== null || of !== undefined) && decidedBy(rows.filter(bindsAnybody), dimension, day) === 'roles';

/** Whether a row takes anything from people who can sign in: what people of the demo hold binds them alone. */
const bindsAnybody = ({ member, delegate }: AuthorityRow): boolean =>
  member === null || !isDemoMember(member) || (delegate != null && !isDemoMember(delegate));

/** Whether a line counts on a day (YYYY-MM-DD). */
export const inForceOn = ({ validFrom, validTo }: AuthorityRow, day: string): boolean =>
  firstDay(validFrom) <= day && (validTo === null || lastDay(validTo) >= day);

/**
 * Whether a person's authority on a day meets a demand. `null` where the table has no row for the dimension: then the
 * permissions that let the person act are all there is to judge by. What was given to people of the demo, who cannot
 * sign in, is a row for them alone: it takes nothing away from anybody else.
 */
export function meets(
  rows: readonly AuthorityRow[],
  person: Person,
  demand: AuthorityDemand,
  day: string,
): boolean | null {
  const inDimension = rows.filter((row) => row.dimension === demand.dimension && binds(row, person));
  if (inDimension.length === 0) return null;
  return inDimension.some(
    (row) =>
      holds(row, person) &&
      inForceOn(row, day) &&
      (demand.level === null || reaches(row.level, demand.level)),
  );
}

const binds = (row: AuthorityRow, person: Person): boolean =>
  isDemoMember(person.member) || bindsAnybody(row);

const holdsOwn = (row: AuthorityRow, person: Person): boolean =>
  row.member === person.member || (row.role !== null && person.roles.includes(row.role));

const holds = (row: AuthorityRow, person: Person): boolean =>
  holdsOwn(row, person) || row.delegate === person.member;

/** Whether the table names a member by name, as holder or delegate, for a demand on a day: not by a role that they have. */
export const namedFor = (
  rows: readonly AuthorityRow[],
  demand: AuthorityDemand,
  member: string,
  day: string,
): boolean =>
  rows.some(
    (row) =>
      (row.member === member || row.delegate === member) &&
      meets([row], { member, roles: [] }, demand, day) === true,
  );

/**
 * In whose place a person decides: `null` for their own authority, or where the table has none to ask for; otherwise the
 * holders whose rows name them as delegate, a role as `null`. Empty where nothing reaches. Whoever is stood in for is
 * bound by the same duties, so that nobody has their own work approved through a delegate.
 */
export function standsInFor(
  rows: readonly AuthorityRow[],
  person: Person,
  demand: AuthorityDemand,
  day: string,
): readonly (string | null)[] {
  if (meets(rows, person, demand, day) === null) return [null];
  const reached = rows.filter((row) => meets([row], person, demand, day) === true);
  if (reached.some((row) => holdsOwn(row, person))) return [null];
  return [...new Set(reached.map((row) => row.member))];
}

/** Why somebody may not decide, in a sentence; nothing where their authority reaches, or where none is demanded. */
export function authorityObstacle(
  rows: readonly AuthorityRow[],
  person: Person,
  demand: AuthorityDemand | null,
  day: string,
): string | undefined {
  if (demand === null || meets(rows, person, demand, day) !== false) return undefined;
  const over = dimensionWords(demand.dimension);
  if (demand.level === null || meets(rows, person, { ...demand, level: null }, day) === false)
    return `The table of authority gives you none over ${over}.`;
  const what = demand.open
    ? `${openWords[demand.open]}, so this counts as ${demand.level}.`
    : `This is ${demand.level}.`;
  return `${what} Your authority over ${over} does not reach that.`;
}

const openWords = {
  use: 'No use is on record',
  class: 'A use has no class that is signed off',
  rating: 'An open risk is not rated',
  borne: 'Nobody rated what is borne',
  expected: 'The plan says no level that it leaves',
  weight: 'The rule has no weight of its own',
} as const;

const unlike: Readonly<Record<string, string>> = {
  use_case: 'uses',
  risk_criteria: 'risk criteria',
  applicability: 'the Statement of Applicability',
};

/** What authority is held over, in words. */
export const dimensionWords = (id: string): string =>
  Object.hasOwn(unlike, id) ? (unlike[id] ?? id) : `${id.replaceAll('_', ' ')}s`;
