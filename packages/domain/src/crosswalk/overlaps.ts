/** Requirements that ask for the same, and the one whose owner sees to it (4.2). */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { byName } from '../trace/order.ts';
import { articleOf, crosswalkTo, frameworks, sharing } from './frameworks.ts';

/** A requirement as far as overlaps need it. */
export type Requirement = {
  readonly id: string;
  readonly ref: string;
  readonly source: string;
  readonly item: string | null;
  readonly controls: readonly string[];
  /** Items of the standard that these controls are: a requirement may name the item, and another its control. */
  readonly controlItems: readonly string[];
  /** The requirement that it refers to: whose owner sees to this one too. */
  readonly refersTo: string | null;
};

/** Why two requirements overlap. `item`: they name the same. `crosswalk`: their items do. `control`: they call for the same. */
export type Ground = {
  readonly between: readonly [string, string];
  readonly type: 'item' | 'crosswalk' | 'control';
  /** Row of the crosswalk, item, or record of the control. */
  readonly by: string;
  readonly confidence: string | null;
};

export type Overlapping = {
  /** Ids, in the order of their refs. */
  readonly members: readonly string[];
  readonly grounds: readonly Ground[];
  /** The one that all others refer to. */
  readonly primary: string | null;
  /** `none`: nobody was named. `several`: some refer to one and others to another, or to nothing. */
  readonly open: 'none' | 'several' | null;
};

/** Groups of requirements that overlap. Those of different systems never do: each is owed for its own. Pure. */
export function overlapsOf(catalogue: Catalogue, requirements: readonly Requirement[]): Overlapping[] {
  const grounds = [
    ...pairsBy(
      requirements,
      ({ item, controlItems }) => [...(item === null ? [] : [item]), ...controlItems],
      'item',
    ),
    ...crossed(catalogue, requirements),
    ...pairsBy(requirements, ({ controls }) => controls, 'control'),
  ];
  const parent = new Map(requirements.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const { between } of grounds) parent.set(root(between[0]), root(between[1]));
  const groups = Map.groupBy(requirements, ({ id }) => root(id));
  return [...groups.values()]
    .filter((members) => members.length > 1)
    .map((members) => {
      const ids = new Set(members.map(({ id }) => id));
      const inOrder = [...members].sort((a, b) => byName(a.ref, b.ref));
      return {
        members: inOrder.map(({ id }) => id),
        grounds: grounds.filter(({ between }) => ids.has(between[0])),
        ...primaryOf(inOrder),
      };
    });
}

function primaryOf(members: readonly Requirement[]): Pick<Overlapping, 'primary' | 'open'> {
  const named = new Set(members.flatMap(({ refersTo }) => refersTo ?? []));
  if (named.size === 0) return { primary: null, open: 'none' };
  const [first] = members.filter(({ id, refersTo }) => named.has(id) && refersTo === null);
  const whole =
    first !== undefined && members.every(({ id, refersTo }) => id === first.id || refersTo === first.id);
  return whole ? { primary: first.id, open: null } : { primary: null, open: 'several' };
}

/** Each requirement with the first that names the same: that joins them all without naming every pair. */
function pairsBy(
  requirements: readonly Requirement[],
  keys: (one: Requirement) => readonly string[],
  type: 'item' | 'control',
): Ground[] {
  const first = new Map<string, string>();
  return requirements.flatMap((one) =>
    [...new Set(keys(one))].flatMap((by): Ground[] => {
      const before = first.get(by);
      if (before === undefined) first.set(by, one.id);
      return before === undefined ? [] : [{ between: [before, one.id], type, by, confidence: null }];
    }),
  );
}

function crossed(catalogue: Catalogue, requirements: readonly Requirement[]): Ground[] {
  const articles = new Map(catalogue.euAiAct.obligations.map(({ id, article }) => [id, articleOf(article)]));
  const byItem = Map.groupBy(
    requirements.filter(({ item }) => item !== null),
    ({ item }) => articles.get(item ?? '') ?? item ?? '',
  );
  return frameworks.flatMap((framework) =>
    crosswalkTo(catalogue, framework).flatMap(({ id, from, to, relation, confidence }): Ground[] => {
      // Clauses of both standards have the same numbers; an item of a requirement means one of ours.
      const [one] = byItem.get(from) ?? [];
      const [other] = framework === 'iso27001' ? [] : (byItem.get(to) ?? []);
      if (!one || !other || one.id === other.id || !sharing.has(relation)) return [];
      return [{ between: [one.id, other.id], type: 'crosswalk', by: id, confidence }];
    }),
  );
}
