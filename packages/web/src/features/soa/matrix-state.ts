import type { Choice, Place } from '@throughline/domain/soa/matrix-columns.ts';
import type { MatrixFilter, MatrixView } from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixWire } from '@throughline/domain/wire-soa.ts';

export const filterParts = [
  'control',
  'topic',
  'system',
  'unit',
  'owner',
  'stage',
  'running',
  'state',
] as const;
export type FilterPart = (typeof filterParts)[number];

/** The filter of the address. */
export const filterOf = (search: Readonly<Record<string, string | undefined>>): MatrixFilter =>
  Object.fromEntries(filterParts.flatMap((part) => (search[part] ? [[part, search[part]]] : [])));

/** A line of the grid: the head of a topic, or a control by its place among those in sight. */
export type MatrixLine =
  | { readonly type: 'topic'; readonly id: string; readonly title: string | null }
  | { readonly type: 'control'; readonly at: number };

export const linesOf = ({ rows }: Pick<MatrixWire, 'rows'>, view: MatrixView): readonly MatrixLine[] => {
  let last: string | null = null;
  return view.rows.flatMap((row, at): MatrixLine[] => {
    const topic = rows[row]?.topic ?? null;
    const id = topic?.id ?? 'own';
    const head = id === last ? [] : [{ type: 'topic', id, title: topic?.title ?? null } as const];
    last = id;
    return [...head, { type: 'control', at }];
  });
};

/** The choice once it goes on to a place: from where it began, or from where the keyboard stood. */
export const choiceAfter = (chosen: Choice | null, active: Place, to: Place): Choice => ({
  from: chosen?.from ?? active,
  to,
});

/** How far PageUp and PageDown go. */
const leap = 10;

/** Where a key leads; `null` for a key that leads nowhere. */
export const placeAfter = (
  { row, column }: Place,
  key: string,
  whole: boolean,
  size: { readonly rows: number; readonly columns: number },
): Place | null => {
  const inside = (next: Place): Place => ({
    row: Math.max(0, Math.min(size.rows - 1, next.row)),
    column: Math.max(0, Math.min(size.columns - 1, next.column)),
  });
  switch (key) {
    case 'ArrowDown':
      return inside({ row: row + 1, column });
    case 'ArrowUp':
      return inside({ row: row - 1, column });
    case 'ArrowRight':
      return inside({ row, column: column + 1 });
    case 'ArrowLeft':
      return inside({ row, column: column - 1 });
    case 'PageDown':
      return inside({ row: row + leap, column });
    case 'PageUp':
      return inside({ row: row - leap, column });
    case 'Home':
      return inside({ row: whole ? 0 : row, column: 0 });
    case 'End':
      return inside({ row: whole ? size.rows - 1 : row, column: size.columns - 1 });
    default:
      return null;
  }
};
