/** What a control is cited by: its code within its framework, or the item of Annex A that it stands for. */
export type Coded = {
  readonly code: string;
  /** `null` where it is an own one. */
  readonly framework: string | null;
  /** The item of Annex A; `null` where it stands for none. */
  readonly item: string | null;
};

const folded = (code: string): string => code.trim().toUpperCase();
const ownFrameworks: readonly string[] = ['own', 'iso-42001'];

/** Whether a code could be taken for one of Annex A: the codes of other frameworks are told apart by the framework. */
export const citedAsAnnexA = ({ framework }: Pick<Coded, 'framework'>): boolean =>
  ownFrameworks.includes(framework ?? 'own');

/** Codes that differ in case or white space alone are one. */
export const codeKey = ({ code, framework }: Pick<Coded, 'code' | 'framework'>): string =>
  JSON.stringify([framework ?? 'own', folded(code)]);

/**
 * Whether whoever cites one of two adopted controls by its code may mean the other (6.1.3 d). Those that stand for an
 * item of Annex A are told apart by it.
 */
export function sharesCode(one: Coded, other: Coded): boolean {
  if (one.item !== null) return false;
  if (other.item !== null) return citedAsAnnexA(one) && folded(one.code) === folded(other.item);
  return codeKey(one) === codeKey(other);
}

const formOfAnnexA = /^A\.\d{1,2}(?:\.\d{1,2}){1,2}$/;

/**
 * Why a code is not one that an organisation gives: codes of the form of Annex A (A.6.2.4) name its items there, so a
 * control has one that stands for that item, or belongs to another framework (6.1.3 d). Nothing where it may be given.
 */
export function codeOfAnnexA(one: Coded): string | undefined {
  const code = folded(one.code);
  if (!citedAsAnnexA(one) || !formOfAnnexA.test(code) || one.item?.toUpperCase() === code) return undefined;
  return `Whoever reads ${code} takes it for the item of Annex A. Choose that as the item of the catalogue, name the other framework, or give the control a code of your own.`;
}

export const codeTaken = (code: string, ref: string): string =>
  `${ref} has the code ${code.trim()} already. Give this control another one, or drop ${ref} first.`;
