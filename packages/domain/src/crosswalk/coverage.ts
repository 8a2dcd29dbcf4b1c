/**
 * How far systems, controls and frameworks reach each other. Numbers are counted where records stand; a framework is
 * reached through controls alone, and nothing here says that one of its items is met.
 */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { articleOf, crosswalkTo, type Framework, itemsOf, sharing } from './frameworks.ts';

/** What is on record for one control of the standard. */
export type ControlCount = {
  readonly item: string;
  readonly at: 'organisation' | 'system';
  /** Running systems by how far the control is put in place on them. */
  readonly inPlace: number;
  readonly partly: number;
  readonly planned: number;
  /** Implementations of the whole organisation that are in place. */
  readonly organisation: number;
  /** Evidence that is kept and names the control. */
  readonly evidence: number;
};

/** An approved line of the Statement of Applicability that excludes a control of the standard, with its reason. */
export type Exclusion = { readonly item: string; readonly line: string; readonly because: string };

/** Requirements that are on record for one item of the catalogue. */
export type DutyCount = {
  /** `null` where the requirement names none. */
  readonly item: string | null;
  readonly records: number;
  readonly systems: number;
  readonly met: number;
  readonly unowned: number;
};

export type Through = {
  readonly control: string;
  /** `null` for the control itself. */
  readonly relation: string | null;
  readonly confidence: string | null;
  /** `null` where the control is not adopted, or is a clause, which systems do not carry. */
  readonly count: ControlCount | null;
  /** Why it is not applicable, by the statement: it is asked of no system, and missing nowhere. */
  readonly excluded: Omit<Exclusion, 'item'> | null;
};

export type CoverageRow = {
  readonly item: string;
  readonly title: string | null;
  readonly through: readonly Through[];
  /**
   * Running systems on which every adopted control that shares something with the item is in place, less those that are
   * excluded; `null` where none does. A row that says only that subjects are near counts for nothing.
   */
  readonly least: number | null;
  readonly evidence: number;
  readonly duties: Omit<DutyCount, 'item'> | null;
};

export type Coverage = {
  readonly framework: Framework;
  readonly systems: number;
  readonly rows: readonly CoverageRow[];
};

/** On how many of the running systems a control is in place: all of them where the organisation puts it in place once. */
export const placedOn = (count: ControlCount, systems: number): number =>
  count.at === 'organisation' ? (count.organisation > 0 ? systems : 0) : count.inPlace;

/** Pure; linear in the rows of the crosswalk. */
export function coverageOf(
  catalogue: Catalogue,
  framework: Framework,
  o: {
    readonly systems: number;
    readonly controls: readonly ControlCount[];
    readonly duties: readonly DutyCount[];
    readonly exclusions: readonly Exclusion[];
  },
): Coverage {
  const counts = new Map(o.controls.map((count) => [count.item, count]));
  const excluded = exclusionsByItem(o.exclusions);
  const duties = dutiesByItem(catalogue, framework, o.duties);
  const ofControl = (control: string) => ({
    control,
    count: counts.get(control) ?? null,
    excluded: excluded.get(control) ?? null,
  });
  const leading = Map.groupBy(crosswalkTo(catalogue, framework), ({ to }) => to);
  const rows = itemsOf(catalogue, framework).map(({ id, title }): CoverageRow => {
    const through: Through[] =
      framework === 'iso42001'
        ? [{ ...ofControl(id), relation: null, confidence: null }]
        : (leading.get(id) ?? []).map(({ from, relation, confidence }) => ({
            ...ofControl(from),
            relation,
            confidence,
          }));
    const applicable = through.filter(({ excluded: out }) => out === null);
    const adopted = applicable.filter(weighs).flatMap(({ count }) => count ?? []);
    return {
      ...{ item: id, title, through },
      least: adopted.length === 0 ? null : Math.min(...adopted.map((count) => placedOn(count, o.systems))),
      evidence: applicable.reduce((sum, { count }) => sum + (count?.evidence ?? 0), 0),
      duties: duties.get(id) ?? null,
    };
  });
  return { framework, systems: o.systems, rows };
}

/** Whether a row of the crosswalk may be counted by: the control itself, or a relation that shares something named. */
const weighs = ({ relation }: Pick<Through, 'relation'>): boolean =>
  relation === null || sharing.has(relation);

export const exclusionsByItem = (exclusions: readonly Exclusion[]): Map<string, Omit<Exclusion, 'item'>> =>
  new Map(exclusions.map(({ item, line, because }) => [item, { line, because }]));

function dutiesByItem(
  { euAiAct }: Catalogue,
  framework: Framework,
  counts: readonly DutyCount[],
): Map<string, Omit<DutyCount, 'item'>> {
  const articles = new Map(euAiAct.obligations.map(({ id, article }) => [id, articleOf(article)]));
  const found = new Map<string, Omit<DutyCount, 'item'>>();
  for (const { item, records, systems, met, unowned } of counts) {
    const key = item === null ? null : framework === 'eu-ai-act' ? (articles.get(item) ?? null) : item;
    if (key === null) continue;
    const before = found.get(key) ?? { records: 0, systems: 0, met: 0, unowned: 0 };
    found.set(key, {
      records: before.records + records,
      // Duties of one article fall on the same systems: the largest number is the least that is certain.
      systems: Math.max(before.systems, systems),
      met: before.met + met,
      unowned: before.unowned + unowned,
    });
  }
  return found;
}
