import { useEffect, useState } from 'react';
import { t } from '../text/t.ts';
import css from './skeleton.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

/** True once `active` has lasted 150 ms: what is quick shows no sign of waiting (UX i). */
export const useSlow = (active: boolean): boolean => {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setSlow(true), 150);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [active]);
  return active && slow;
};

export type SkeletonProps = {
  /** Size of what will stand here, so that nothing moves when it comes. */
  height: number;
  width?: number | string;
  lines?: number;
};

/** Holds the place of what is being fetched. Takes its room at once, shows after 150 ms. */
export const Skeleton = ({ height, width = '100%', lines = 1 }: SkeletonProps) => {
  const slow = useSlow(true);
  const bars = Array.from({ length: lines }, (_bar, index) => `line-${index}`);
  return (
    <div role="status" className={css.block} data-shown={slow || undefined}>
      {bars.map((bar, index) => (
        <span
          key={bar}
          className={css.bar}
          style={{ height, width: lines > 1 && index === lines - 1 ? '60%' : width }}
        />
      ))}
      <VisuallyHidden>{slow ? t('ui.loading') : ''}</VisuallyHidden>
    </div>
  );
};
