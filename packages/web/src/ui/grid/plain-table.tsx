import { useEffect, useState } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { classNames } from '../class-names.ts';
import { Link } from '../link.tsx';
import { toggleSelection } from './grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';
import css from './plain-table.module.css';

const pageSize = 100;

/** The register as an ordinary table, 100 rows a page, without editing in cells. Under 560 px each row is a card. */
export const PlainTable = <R,>(props: DataGridProps<R>) => {
  const {
    label,
    columns,
    rows,
    rowId,
    rowName,
    rowHref,
    selected,
    onSelect,
    more = false,
    onMore,
    total,
  } = props;
  const [page, setPage] = useState(0);
  const from = Math.min(page, Math.max(0, Math.ceil(rows.length / pageSize) - 1)) * pageSize;
  const shown = rows.slice(from, from + pageSize);
  const { onRange } = props;
  const last = from + shown.length - 1;
  useEffect(() => onRange?.(from, last), [from, last, onRange]);
  const forward = from + pageSize < rows.length || more;
  const next = (): void => {
    if (from + 2 * pageSize > rows.length && more) onMore?.();
    setPage(page + 1);
  };
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {onSelect === undefined ? null : <td />}
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.align === 'end' ? css.end : undefined}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const id = rowId(row);
            return (
              <tr key={id}>
                {onSelect === undefined ? null : (
                  <td className={css.select}>
                    <Checkbox
                      bare
                      label={t('ui.select-row', { what: rowName(row) })}
                      checked={selected?.has(id) === true}
                      onChange={() => onSelect(toggleSelection(selected ?? new Set(), id))}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.id}
                    data-label={column.header}
                    className={classNames(css[column.kind ?? 'plain'], column.align === 'end' && css.end)}
                  >
                    {column.kind === 'name' && rowHref !== undefined ? (
                      <Link href={rowHref(row)} look="plain" className={css.link}>
                        {column.render(row)}
                      </Link>
                    ) : (
                      column.render(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={css.pages}>
        <span>
          {total === undefined
            ? t('ui.row-position-open', {
                first: shown.length === 0 ? 0 : from + 1,
                last: from + shown.length,
              })
            : t('ui.row-position', {
                first: shown.length === 0 ? 0 : from + 1,
                last: from + shown.length,
                total,
              })}
        </span>
        {from === 0 ? null : <Button onClick={() => setPage(page - 1)}>{t('ui.previous-rows')}</Button>}
        {forward ? <Button onClick={next}>{t('ui.next-rows')}</Button> : null}
      </div>
    </div>
  );
};
