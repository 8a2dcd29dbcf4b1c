import { type RefObject, useEffect, useRef, useState } from 'react';
import css from './data-grid.module.css';

/** Resting on a cell this long shows what is cut from it. */
const patience = 350;

type Tip = { text: string; top: number; left: number };

const isCut = (element: Element): boolean =>
  element.scrollWidth > element.clientWidth + 1 ||
  [...element.querySelectorAll('*')].some(
    (inner) => inner.clientWidth > 0 && inner.scrollWidth > inner.clientWidth + 1,
  );

const cellOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[role=gridcell], [role=columnheader]') : null;

const tipOf = (cell: HTMLElement): Tip | null => {
  const text = cell.textContent.trim();
  if (text === '' || cell.querySelector('input:not([type=checkbox]), textarea') !== null || !isCut(cell))
    return null;
  const { bottom, left } = cell.getBoundingClientRect();
  return { text, top: bottom + 2, left };
};

/**
 * The whole text of a cell that has no room for it: under the pointer, and at the cell with the keyboard (WCAG 1.4.13).
 * Escape takes it away; it can be pointed at; scrolling ends it.
 */
export const CutTip = ({ box }: { box: RefObject<HTMLElement | null> }) => {
  const [tip, setTip] = useState<Tip | null>(null);
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const grid = box.current;
    if (grid === null) return;
    let timer = 0;
    const hide = (): void => {
      clearTimeout(timer);
      setTip(null);
    };
    const show = (event: Event): void => {
      const cell = cellOf(event.target);
      hide();
      if (cell !== null) timer = window.setTimeout(() => cell.isConnected && setTip(tipOf(cell)), patience);
    };
    const leave = (event: MouseEvent): void => {
      if (!(event.relatedTarget instanceof Node && own.current?.contains(event.relatedTarget) === true))
        hide();
    };
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    grid.addEventListener('mouseover', show);
    grid.addEventListener('focusin', show);
    grid.addEventListener('mouseleave', leave);
    grid.addEventListener('focusout', hide);
    grid.addEventListener('scroll', hide, { passive: true });
    window.addEventListener('keydown', press);
    return () => {
      clearTimeout(timer);
      grid.removeEventListener('mouseover', show);
      grid.removeEventListener('focusin', show);
      grid.removeEventListener('mouseleave', leave);
      grid.removeEventListener('focusout', hide);
      grid.removeEventListener('scroll', hide);
      window.removeEventListener('keydown', press);
    };
  }, [box]);
  if (tip === null) return null;
  return (
    <div
      ref={own}
      role="tooltip"
      className={css.tip}
      style={{ top: tip.top, left: tip.left }}
      onMouseLeave={() => setTip(null)}
    >
      {tip.text}
    </div>
  );
};
