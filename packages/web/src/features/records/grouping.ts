import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import type { Names } from '../../api/members.ts';
import type { FacetWire } from '../../api/records.ts';
import { isEmptyValue, partLabel, valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';

/** A line of the register: a record, or the head of a group. */
export type Line =
  | { type: 'row'; id: string; row: RowWire }
  | { type: 'group'; id: string; label: string; count: number | undefined };

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

/** Rows in the order of their group, with a head before each group. Rows come sorted by that part already. */
export const grouped = (
  kind: KindWire,
  part: string | undefined,
  rows: readonly RowWire[],
  names: Names,
  facets: readonly FacetWire[] | undefined,
): readonly Line[] => {
  const asLine = (row: RowWire): Line => ({ type: 'row', id: row.id, row });
  if (part === undefined) return rows.map(asLine);
  const counts = new Map(facets?.map((facet) => [plain(facet.value), facet.count]));
  let last: string | undefined;
  return rows.flatMap((row) => {
    const { key, label } = groupOf(kind, part, row, names);
    const lines: Line[] = [asLine(row)];
    const folded = plain(key);
    if (folded !== last)
      lines.unshift({ type: 'group', id: `group ${folded}`, label, count: counts.get(folded) });
    last = folded;
    return lines;
  });
};

export const rowsIn = (lines: readonly Line[]): readonly RowWire[] =>
  lines.flatMap((line) => (line.type === 'row' ? [line.row] : []));
