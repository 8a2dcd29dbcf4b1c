import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Rows drawn beyond the edge of the box (UX i). */
const overscan = 12;

/** The head whose rows are at the top of the box; -1 where there is none. */
export const stuckHead = (heads: readonly number[], first: number): number =>
  heads.findLast((head) => head <= first) ?? -1;

type RowsOptions = {
  count: number;
  height: number;
  /** Rows that are drawn wherever the box is scrolled to: the keyboard's, the one being edited. */
  held: readonly number[];
  /** Places of heads of groups. */
  heads: readonly number[];
  box: RefObject<HTMLDivElement | null>;
  /** What sticks to the top of the box: the head of the table and that of a group. */
  covered: number;
};

/** Rows in the box. The current row is always among them, so that focus never falls out of the page (UX g). */
export const useGridRows = ({ count, height, held, heads, box, covered }: RowsOptions) =>
  useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: count <= 50 ? 50 : overscan,
    scrollPaddingStart: covered,
    rangeExtractor: ({ startIndex, endIndex, overscan: beyond, count: all }) => {
      const first = Math.max(0, startIndex - beyond);
      const last = Math.min(all - 1, endIndex + beyond);
      const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_row, offset) => first + offset);
      const further = [...held, stuckHead(heads, startIndex)].filter(
        (row) => row >= 0 && row < all && (row < first || row > last),
      );
      return [...new Set([...indexes, ...further])].sort((a, b) => a - b);
    },
  });
