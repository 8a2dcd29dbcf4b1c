import { type ReactNode, useEffect, useRef, useState } from 'react';
import css from './scroll-box.module.css';

/** Which of a box's sides hide something: `''` for none. */
type Hidden = '' | 'start' | 'end' | 'both';

/**
 * A box that scrolls sideways where its table does not fit. Then, and only then, it is a stop for the keyboard (WCAG 2.1.1),
 * and fades where there is more: a device that shows no scroll bar would cut columns without a sign.
 */
export const ScrollBox = ({ label, children }: { label: string; children: ReactNode }) => {
  const box = useRef<HTMLElement>(null);
  const [hidden, setHidden] = useState<Hidden>('');
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => setHidden(hiddenOf(element));
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <section
      ref={box}
      className={css.box}
      data-hidden={hidden === '' ? undefined : hidden}
      tabIndex={hidden === '' ? undefined : 0}
      aria-label={hidden === '' ? undefined : label}
    >
      {children}
    </section>
  );
};

/** A pixel is forgiven: sizes are rounded, places are not. */
export function hiddenOf(box: Pick<Element, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>): Hidden {
  const atStart = box.scrollLeft <= 1;
  const atEnd = box.scrollLeft + box.clientWidth >= box.scrollWidth - 1;
  if (atStart) return atEnd ? '' : 'end';
  return atEnd ? 'start' : 'both';
}
