import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import type { Names } from '../../api/members.ts';
import type { FacetWire } from '../../api/records.ts';
import { isEmptyValue, partLabel, valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import type { GridGroup } from '../../ui/grid/grid-types.ts';

/** A line of the register: a record, or the head of a group. */
export type Line =
  | { type: 'row'; id: string; row: RowWire }
  | { type: 'group'; id: string; key: string; group: GridGroup };

const fieldOf = (kind: KindWire, part: string) => kind.fields[part === 'owner' ? (kind.owner ?? part) : part];

/** What a register can be grouped by: choices, people, the state and short texts of its index. */
export const groupings = (kind: KindWire): readonly string[] =>
  kind.index.filter((part) => {
    if (part === 'state') return true;
    const field = fieldOf(kind, part);
    return (
      part !== 'title' && field !== undefined && ['choice', 'answer', 'member', 'line'].includes(field.type)
    );
  });

/** The raw value and the words of the group a row stands in. */
const groupOf = (
  kind: KindWire,
  part: string,
  row: RowWire,
  names: Names,
): { key: string; label: string } => {
  if (part === 'state') return { key: row.state, label: kind.states[row.state]?.label ?? row.state };
  const name = part === 'owner' ? (kind.owner ?? part) : part;
  const field = kind.fields[name];
  const value = row.fields[name];
  if (field === undefined || value === undefined || isEmptyValue(value))
    return { key: '', label: t('register.group.empty', { label: partLabel(kind, name) }) };
  return { key: String(value), label: valueText(field, value, names) };
};

/** The order of a choice stands before its id in the index ("07 operation"); texts stand there in small letters. */
const plain = (value: string): string => value.replace(/^\d\d /, '').toLowerCase();

export type Grouping = {
  kind: KindWire;
  /** What the rows are grouped by, as the index names it. */
  part: string;
  /** In the order of that part. */
  rows: readonly RowWire[];
  names: Names;
  /** Every group under the filters, once they are counted. */
  facets: readonly FacetWire[] | undefined;
  folded: ReadonlySet<string>;
  /** Rows are still to come. */
  more: boolean;
};

type Bucket = { key: string; label: string; rows: RowWire[]; facet: FacetWire | undefined };

const bucketsOf = ({ kind, part, rows, names }: Grouping): Map<string, Bucket> => {
  const buckets = new Map<string, Bucket>();
  for (const row of rows) {
    const { key: value, label } = groupOf(kind, part, row, names);
    const key = plain(value);
    const bucket = buckets.get(key) ?? { key, label, rows: [], facet: undefined };
    bucket.rows.push(row);
    buckets.set(key, bucket);
  }
  return buckets;
};

/** The words of a group of which no row is loaded. */
const facetLabel = ({ kind, part, names }: Grouping, facet: FacetWire): string => {
  const name = part === 'owner' ? (kind.owner ?? part) : part;
  if (facet.value === '') return t('register.group.empty', { label: partLabel(kind, name) });
  return names[facet.value] ?? facet.label ?? facet.value;
};

/**
 * Groups in the order of the list: those that rows stand in, and those folded away before a row of them came. The
 * server counts 200 groups at most; where it did not count one, only what is loaded is known.
 */
const ordered = (grouping: Grouping): readonly Bucket[] => {
  const buckets = bucketsOf(grouping);
  const { facets, folded, more } = grouping;
  const known = new Map(facets?.map((facet) => [plain(facet.value), facet]));
  for (const [key, facet] of known) {
    const bucket = buckets.get(key);
    if (bucket !== undefined) bucket.facet = facet;
  }
  const seen = [...buckets.values()];
  if (seen.some((bucket) => bucket.facet === undefined)) return seen;
  const sorted = [...known].sort(([, a], [, b]) => (a.value < b.value ? -1 : 1));
  const reached = sorted.findLastIndex(([key]) => buckets.has(key));
  return sorted.flatMap(([key, facet], at) => {
    const bucket = buckets.get(key);
    if (bucket !== undefined) return [bucket];
    const told = folded.has(key) && (at < reached || !more);
    return told ? [{ key, label: facetLabel(grouping, facet), rows: [], facet }] : [];
  });
};

const detailOf = (facet: FacetWire | undefined): string | undefined => {
  if (facet === undefined) return undefined;
  const count = t('register.group.count', { n: facet.count });
  return facet.gaps === undefined ? count : `${count} · ${t('register.group.gaps', { n: facet.gaps })}`;
};

const rowLine = (row: RowWire): Line => ({ type: 'row', id: row.id, row });

/** Rows under the heads of their groups; those of a folded group are left out. */
export const grouped = (grouping: Grouping): readonly Line[] =>
  ordered(grouping).flatMap(({ key, label, rows, facet }): Line[] => {
    const folded = grouping.folded.has(key);
    const detail = detailOf(facet);
    const group = {
      label,
      folded,
      ids: rows.map((row) => row.id),
      ...(detail === undefined ? {} : { detail }),
    };
    return [{ type: 'group', id: `group ${key}`, key, group }, ...(folded ? [] : rows.map(rowLine))];
  });

export const ungrouped = (rows: readonly RowWire[]): readonly Line[] => rows.map(rowLine);

/** The keys of all groups that were counted. */
export const groupKeys = (facets: readonly FacetWire[] | undefined): readonly string[] =>
  (facets ?? []).map((facet) => plain(facet.value));

/** Whether every group is folded that rows could still come of. */
export const allFolded = (facets: readonly FacetWire[] | undefined, folded: ReadonlySet<string>): boolean =>
  facets !== undefined && groupKeys(facets).every((key) => folded.has(key));
