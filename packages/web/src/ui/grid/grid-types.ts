import type { ReactNode } from 'react';
import type { Trouble } from '../problem.tsx';

export type GridColumn<R> = {
  id: string;
  header: string;
  /** Pixels; the least where `grow` is set. */
  width: number;
  /** As narrow as it may become so that the table fits its box; its width where not given. */
  least?: number;
  /** Takes the room that is left. */
  grow?: boolean;
  align?: 'start' | 'end';
  /** Stays put when the table scrolls sideways. Sticky columns come first. */
  sticky?: boolean;
  /** `ref` is small and quiet, `name` is the row's own name and its link, `plain` is the rest. */
  kind?: 'ref' | 'name' | 'plain';
  render: (row: R) => ReactNode;
  /** Given where the server can sort by it. */
  sortKey?: string;
  /** The editor that fills the cell; see `CellEditor`. `done(true)` goes on to the next cell that can be edited. */
  editor?: (row: R, done: (goOn?: boolean) => void) => ReactNode;
  /** Why this cell cannot be edited now; undefined where it can. */
  locked?: (row: R) => string | undefined;
};

/** A row that is the head of a group: it spans the columns, folds and sticks. */
export type GridGroup = {
  label: string;
  /** Beside the label: how many rows, how many gaps. */
  detail?: ReactNode;
  folded: boolean;
  /** Rows of the group that are loaded, folded away or not. */
  ids: readonly string[];
};

export type Sort = { key: string; descending: boolean };

export type DataGridProps<R> = {
  /** Names the table: "Systems". */
  label: string;
  columns: readonly GridColumn<R>[];
  /**
   * Over the headings, by column: a histogram, a sum. They make the head 48 px high. Apart from the columns, so that what
   * is counted later draws the head alone, and not every row.
   */
  summaries?: Readonly<Record<string, ReactNode>>;
  rows: readonly R[];
  rowId: (row: R) => string;
  /** Names a row for its checkbox: "SYS-412 Claims triage assistant". */
  rowName: (row: R) => string;
  /** Rows that match in all, where known. */
  total?: number | undefined;
  density?: 32 | 40;
  sort?: readonly Sort[];
  /** `add` with Shift held: a further key after the present ones. */
  onSort?: (key: string, add: boolean) => void;
  /** What a row heads, where it is the head of a group. The same object as long as nothing of it changes. */
  groupOf?: (row: R) => GridGroup | undefined;
  onFold?: (row: R, folded: boolean) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  /** Where a row leads; its name becomes a link, Enter goes there. */
  rowHref?: (row: R) => string;
  onPeek?: (row: R) => void;
  /** The current row moved: an open peek follows it. */
  onCurrent?: (row: R) => void;
  /** The rows that are seen, as places among `rows`. */
  onRange?: (first: number, last: number) => void;
  /** Called near the end of what is loaded, while `more` is set. */
  onMore?: (() => void) | undefined;
  more?: boolean;
  state?: 'ready' | 'loading' | 'refreshing';
  problem?: Trouble | undefined;
  onRetry?: () => void;
  /** What stands in place of the rows where there are none. */
  empty?: ReactNode;
  /** A plain table of 100 rows a page, for those who want no grid. Taken by itself under 560 px, as cards. */
  plain?: boolean;
};
