import {
  byUnit,
  type Choice,
  cellsIn,
  columnsOf,
  type Place,
  unitKey,
} from '@throughline/domain/soa/matrix-columns.ts';
import type { MatrixView } from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixWire } from '@throughline/domain/wire-soa.ts';
import { useMemo, useState } from 'react';
import type { CellName } from './use-matrix.ts';
import type { NamedCell } from './use-set-cells.ts';

/** The units that an address folds. */
const foldedIn = (text: string | undefined): ReadonlySet<string> =>
  new Set(text === undefined ? [] : text.split(',').map(plain));

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // An address that somebody cut short folds nothing of that name.
    return text;
  }
};

export type ChoosingState = ReturnType<typeof useChoosing>;

/** Columns by unit, which of them are folded, and the cells that are chosen together. */
export const useChoosing = (matrix: MatrixWire, shown: MatrixView, fold: string | undefined) => {
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [opened, setOpened] = useState(false);
  const view = useMemo(() => byUnit(matrix, shown), [matrix, shown]);
  const folded = useMemo(() => foldedIn(fold), [fold]);
  const { columns, heads } = useMemo(() => columnsOf(matrix, view, folded), [matrix, view, folded]);
  // A choice is a rectangle of what is in sight: another sight has none.
  const [of, setOf] = useState({ view, columns });
  if (of.view !== view || of.columns !== columns) {
    setOf({ view, columns });
    setChosen(null);
  }
  const cells: readonly NamedCell[] =
    chosen === null
      ? []
      : cellsIn(chosen, view, columns).map(({ row, system }) => ({
          control: matrix.rows[row]?.id ?? '',
          system: matrix.systems.ref[system] ?? '',
        }));
  const cellAt = ({ row, column }: Place): CellName | null => {
    const at = columns[column];
    if (at?.type !== 'system') return null;
    const control = matrix.rows[view.rows[row] ?? -1]?.control?.ref;
    const system = matrix.systems.ref[view.systems[at.at] ?? -1];
    return control === undefined || system === undefined ? null : { control, system };
  };
  /** The folded units once one of them was turned. */
  const turned = (unit: string | null): ReadonlySet<string> => {
    const next = new Set(folded);
    if (!next.delete(unitKey(unit))) next.add(unitKey(unit));
    return next;
  };
  return {
    ...{ view, columns, heads, chosen, cells, opened, cellAt, turned },
    choose: setChosen,
    open: () => setOpened(true),
    close: () => setOpened(false),
  };
};
