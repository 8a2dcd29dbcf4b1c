import type { Content } from './kind.ts';

/** What a kind declares about people: who reads it, what is not in one hand, and who did what is judged. */

/**
 * Who reads a record of a sealed kind: the people in these member fields (a column of rows as `team.person`) and, where it
 * belongs to another record, those in member fields of that one. Nothing is linked to what is sealed: the link would tell.
 */
export type Seal = {
  readonly readBy: readonly string[];
  readonly andOf?: { readonly relation: string; readonly readBy: readonly string[] };
  /** Whoever may make one need not be a party of it: a concern is put in for somebody else. */
  readonly raisedByAnyone?: true;
};

/**
 * A member field whose person is none of those in other fields, whatever account each is named by. `from` names member
 * fields, or a column of rows as `actions.owner`; with `past`, whoever stood there since the work began counts too.
 */
export type Apart = {
  readonly field: string;
  readonly from: readonly string[];
  /** What is said of the field. */
  readonly say: string;
  readonly past?: true;
};

/**
 * Doers are the members whom `people` names once work has begun, whoever wrote one of `parts`, and whoever took one of
 * `steps`; so are those of the records that belong to the work and were done before it was.
 */
export type Doing = {
  readonly people: readonly string[];
  readonly parts: readonly string[];
  readonly steps: readonly string[];
};

/**
 * What was approved binds those who made it (5.3): only a person who did not write it, ask for it or answer for what it is
 * about, such as the owners of the targets of these relations, takes the approval back; while it stands, no step ends the
 * record and nobody archives it, but where another record may replace it. `when` names the contents of which that is so;
 * of one with a draft beside what is approved it is taken to be.
 */
export type Binds = {
  readonly ownersOf: readonly string[];
  readonly replaceable?: true;
  readonly when?: (fields: Content['fields']) => boolean;
};

/** What a seal contradicts in its own kind. */
export function sealFaults(
  sealed: Seal | undefined,
  relations: Readonly<Record<string, { readonly type: string }>>,
  isMember: (name: string) => boolean,
): string[] {
  if (!sealed) return [];
  const strangers = sealed.readBy.filter((name) => !isMember(name));
  return [
    ...(sealed.readBy.length === 0 && !sealed.andOf ? ['a sealed kind names nobody who could read it'] : []),
    ...strangers.map((name) => `sealed names "${name}", which is no member`),
    ...(sealed.andOf && relations[sealed.andOf.relation]?.type !== 'within'
      ? [`sealed names "${sealed.andOf.relation}", which it does not belong to`]
      : []),
  ];
}
