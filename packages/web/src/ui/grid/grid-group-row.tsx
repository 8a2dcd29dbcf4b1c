import { memo } from 'react';
import { t } from '../../text/t.ts';
import { Checkbox } from '../checkbox.tsx';
import { classNames } from '../class-names.ts';
import { ChevronDownIcon, ChevronRightIcon } from '../icons.ts';
import css from './data-grid.module.css';
import { selectWidth } from './grid-layout.ts';
import type { GridRowEvents } from './grid-row.tsx';
import type { GridGroup } from './grid-types.ts';

export type GridGroupRowProps = {
  group: GridGroup;
  index: number;
  top: number;
  /** Its rows are at the top of the box: it stays there while they pass (UX d). */
  stuck: boolean;
  columns: number;
  selection: 'none' | 'some' | 'all' | null;
  /** The keyboard's column, or -1 where it is elsewhere. */
  current: number;
  events: GridRowEvents;
};

/** The head of a group: over the whole width, it folds, and sticks while its rows scroll. */
const GroupRow = (props: GridGroupRowProps) => {
  const { group, index, top, stuck, columns, selection, current, events } = props;
  const { label, detail, folded } = group;
  const at = Math.max(0, current);
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      data-current={current >= 0 || undefined}
      className={classNames(css.row, css.groupRow, stuck && css.stuck)}
      style={stuck ? undefined : { transform: `translateY(${top}px)` }}
    >
      {selection === null ? null : (
        <div
          role="gridcell"
          tabIndex={-1}
          aria-colindex={1}
          className={classNames(css.cell, css.select, css.sticky)}
        >
          {group.ids.length === 0 ? null : (
            <Checkbox
              bare
              tabIndex={-1}
              label={t('ui.select-row', { what: label })}
              checked={selection === 'all'}
              mixed={selection === 'some'}
              onChange={(_on, shift) => events.select(index, shift)}
            />
          )}
        </div>
      )}
      <div
        role="gridcell"
        aria-colindex={selection === null ? 1 : 2}
        aria-colspan={columns}
        aria-expanded={!folded}
        tabIndex={current >= 0 ? 0 : -1}
        data-cell={`${index}:${at}`}
        className={classNames(css.cell, css.groupCell, css.sticky)}
        style={{
          left: selection === null ? 0 : selectWidth,
          gridColumn: `${selection === null ? 1 : 2} / -1`,
        }}
        onMouseDown={(event) => events.point(index, at, event)}
        onFocus={() => events.focus(index, at)}
      >
        <button type="button" tabIndex={-1} className={css.fold} onClick={() => events.fold(index, !folded)}>
          {folded ? <ChevronRightIcon size={14} /> : <ChevronDownIcon size={14} />}
          <b className={css.groupLabel}>{label}</b>
          {detail === undefined ? null : <span className={css.groupDetail}>{detail}</span>}
        </button>
      </div>
    </div>
  );
};

export const GridGroupRow = memo(GroupRow);
