import type { UnitHead } from '@throughline/domain/soa/matrix-columns.ts';
import { type CellCounts, lackingOf } from '@throughline/domain/soa/matrix-view.ts';
import css from './matrix.module.css';
import { across, type Drawn, size } from './matrix-cells.tsx';
import { w } from './words.ts';

/** Over one column there is room for how its name begins; a folded one is named down its column. */
const faceOf = (name: string, columns: number, folded: boolean): string => {
  if (folded) return '▸';
  return columns === 1 ? name : `▾ ${name}`;
};

/** The units over their columns: one that is pressed folds into a single column, or opens again. */
const Units = ({
  drawn,
  heads,
  onFold,
}: {
  drawn: Drawn;
  heads: readonly UnitHead[];
  onFold: (unit: string | null) => void;
}) => {
  const first = drawn.columns[0]?.index ?? 0;
  const last = drawn.columns.at(-1)?.index ?? 0;
  return heads
    .filter(({ column, columns }) => column <= last && column + columns > first)
    .map(({ unit, column, columns, systems, folded }) => {
      const name = unit ?? w('soa.matrix.without-unit');
      const told = `${name}, ${w('soa.matrix.systems', { n: systems })}`;
      return (
        <div
          key={unit ?? ''}
          role="columnheader"
          tabIndex={-1}
          aria-colindex={column + 2}
          aria-colspan={columns}
          className={css.unitHead}
          style={{ ...across(column * size.cell), width: columns * size.cell }}
        >
          <button
            type="button"
            className={css.unitButton}
            aria-expanded={!folded}
            aria-label={told}
            title={told}
            data-single={(columns === 1 && !folded) || undefined}
            onClick={() => onFold(unit)}
          >
            <span aria-hidden="true">{faceOf(name, columns, folded)}</span>
          </button>
        </div>
      );
    });
};

type HeadProps = {
  drawn: Drawn;
  heads: readonly UnitHead[];
  counts: readonly CellCounts[];
  onFold: (unit: string | null) => void;
};

const lackingIn = (counts: readonly CellCounts[]): number =>
  counts.reduce((sum, one) => sum + lackingOf(one), 0);

/** Heads of the columns, under those of their units. */
export const Head = ({ drawn, heads, counts, onFold }: HeadProps) => {
  const { matrix, view, all, columns, head } = drawn;
  return (
    <div role="row" tabIndex={-1} aria-rowindex={1} className={css.head} style={{ height: head }}>
      <div role="columnheader" tabIndex={-1} aria-colindex={1} className={css.corner}>
        {w('soa.column.control')}
      </div>
      <Units drawn={drawn} heads={heads} onFold={onFold} />
      {columns.map(({ index, start }) => {
        const column = all[index];
        if (column === undefined) return null;
        const [from, to] = column.type === 'unit' ? [column.from, column.to] : [column.at, column.at + 1];
        const lacking = lackingIn(counts.slice(from, to));
        const system = view.systems[from] ?? -1;
        const [ref = '', title = ''] =
          column.type === 'unit'
            ? [column.unit ?? w('soa.matrix.without-unit'), w('soa.matrix.systems', { n: to - from })]
            : [matrix.systems.ref[system], matrix.systems.title[system]];
        return (
          <div
            key={index}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={index + 2}
            aria-label={`${ref} ${title}, ${w('soa.matrix.lacking', { n: lacking })}`}
            title={`${ref} ${title}`}
            className={css.column}
            style={across(start)}
            data-edge={`column ${index}`}
          >
            <span className={css.ref}>{ref}</span>
            <span className={css.columnCount}>{lacking === 0 ? '' : lacking}</span>
          </div>
        );
      })}
      <div role="columnheader" tabIndex={-1} aria-colindex={all.length + 2} className={css.countsHead}>
        {w('soa.column.place')}
      </div>
    </div>
  );
};
