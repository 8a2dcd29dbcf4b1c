import { decisionOn, type SoaDecision } from '../trace/applicability.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { wordList } from '../trace/say.ts';

/** A control of Annex A about which no approved line decides: nobody wrote one, or nobody approved it. */
export type Undecided = { readonly id: string; readonly how: 'none' | 'unapproved' };

/** The rows of a statement, published or not, that leave a control of Annex A open, in the order of the standard. */
export function undecidedIn(
  rows: readonly { readonly id: string; readonly decided: SoaDecision }[],
  annexA: readonly string[],
): Undecided[] {
  const said = new Map(rows.map(({ id, decided }) => [id, decided]));
  return annexA.flatMap((id) => {
    const how = said.get(id) ?? 'none';
    return how === 'none' || how === 'unapproved' ? [{ id, how }] : [];
  });
}

/** The same of the records themselves: a line that is approved has its reason, for none is approved without (6.1.3). */
export function undecidedNow(organisation: OrganisationFacts): Undecided[] {
  const annexA = organisation.catalogue.iso42001.annex_a.controls.map(({ id }) => id);
  const rows = annexA.map((id) => ({
    id,
    decided: decisionOn(organisation, organisation.controls.get(id) ?? null).decided,
  }));
  return undecidedIn(rows, annexA);
}

const namedAtMost = 12;

/** How many are open of how many, and which; nothing where all are decided. */
export function undecidedWords(open: readonly Undecided[], of: number): string | undefined {
  if (open.length === 0) return undefined;
  const ids = open.map(({ id }) => id);
  return `${ids.length} of ${of} controls of Annex A ${ids.length === 1 ? 'has' : 'have'} no approved decision: ${shortList(ids)}.`;
}

/** Why a statement is not approved: what its records leave open now, or what it left open itself when it was published. */
export function undecidedLack(
  { now, published }: { readonly now: readonly Undecided[]; readonly published: readonly Undecided[] },
  of: number,
): string | undefined {
  const then = undecidedWords(published, of);
  return (
    undecidedWords(now, of) ??
    (then && `When this version was published, ${then} Publish the statement as it stands now.`)
  );
}

/** The first of many ids, and how many more there are. */
export function shortList(ids: readonly string[]): string {
  const some = ids.length > namedAtMost ? ids.slice(0, namedAtMost) : ids;
  return some.length < ids.length
    ? `${some.join(', ')} and ${ids.length - some.length} more`
    : wordList(some);
}
