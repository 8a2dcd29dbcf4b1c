import { type RefObject, useLayoutEffect, useState } from 'react';
import { type Layout, layoutOf, type Span, sameSpan, spanOf } from './grid-layout.ts';
import type { GridColumn } from './grid-types.ts';

export type GridWidth = {
  layout: Layout;
  span: Span;
  /** The table is scrolled sideways: the sticky columns then have an edge. */
  scrolled: boolean;
};

/** How wide the columns are in the box as it is, and which of them are drawn. */
export const useGridWidth = <R>(
  columns: readonly GridColumn<R>[],
  selectable: boolean,
  box: RefObject<HTMLDivElement | null>,
): GridWidth => {
  const [room, setRoom] = useState(0);
  const [scrolled, setScrolled] = useState(false);
  const [seen, setSeen] = useState<{ layout: Layout; span: Span } | null>(null);
  const [kept, setKept] = useState(() => ({ columns, room: 0, layout: layoutOf(columns, selectable) }));
  let { layout } = kept;
  if (kept.columns !== columns || kept.room !== room) {
    layout = layoutOf(columns, selectable, room);
    setKept({ columns, room, layout });
  }
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setRoom(element.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => {
      const span = spanOf(layout, element.scrollLeft, element.clientWidth);
      setScrolled(element.scrollLeft > 0);
      setSeen((now) => (now?.layout === layout && sameSpan(now.span, span) ? now : { layout, span }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [box, layout]);
  const span = seen?.layout === layout ? seen.span : spanOf(layout, 0, room);
  return { layout, span, scrolled };
};
