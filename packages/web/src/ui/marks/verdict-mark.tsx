import { memo, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { VisuallyHidden } from '../visually-hidden.tsx';
import css from './marks.module.css';
import { type Verdict, verdictWord } from './verdict.ts';

const tick = 'M6.4 10.3l2.4 2.4 4.8-5.1';

/** Each verdict has a shape of its own, so that it is told without colour (UX c, g). Drawn in a box of 20. */
const shapes: Readonly<Record<Verdict, ReactNode>> = {
  holds: (
    <>
      <circle cx="10" cy="10" r="8" className={css.fill} />
      <path d={tick} className={css.cut} />
    </>
  ),
  gap: (
    <>
      <rect
        x="3.7"
        y="3.7"
        width="12.6"
        height="12.6"
        rx="2"
        transform="rotate(45 10 10)"
        className={css.fill}
      />
      <path d="M10 6.3v4.3" className={css.cut} />
      <circle cx="10" cy="13.4" r="1.15" className={css.hole} />
    </>
  ),
  accepted: (
    <>
      <circle cx="10" cy="10" r="7.2" className={css.line} />
      <path d={tick} className={css.line} />
    </>
  ),
  unverifiable: (
    <>
      <rect x="3.4" y="3.4" width="13.2" height="13.2" rx="2" className={css.line} />
      <path d="M7.9 8.2a2.1 2.1 0 1 1 3.3 1.7c-.8.5-1.2.9-1.2 1.6" className={css.line} />
      <circle cx="10" cy="13.9" r="1" className={css.fill} />
    </>
  ),
  'not-started': <circle cx="10" cy="10" r="7.2" strokeDasharray="3.02 1.5" className={css.line} />,
  'not-applicable': <rect x="4" y="8.9" width="12" height="2.2" rx="1.1" className={css.fill} />,
};

export type VerdictMarkProps = {
  verdict: Verdict;
  /** Pixels: 20 on a line, 14 beside a word. */
  size?: number;
  /** Named for assistive technology only where no word stands beside it. */
  named?: boolean;
};

export const VerdictMark = memo(({ verdict, size = 20, named = false }: VerdictMarkProps) => {
  const mark = (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      className={classNames(css.mark, css[verdict])}
      aria-hidden="true"
    >
      {shapes[verdict]}
    </svg>
  );
  if (!named) return mark;
  return (
    <>
      {mark}
      <VisuallyHidden>{verdictWord(verdict)}</VisuallyHidden>
    </>
  );
});

/** Mark and word in a line of text; `children` is a word that says more ("Stale"). */
export const VerdictLabel = ({
  verdict,
  children,
  strong = false,
}: {
  verdict: Verdict;
  children?: ReactNode;
  strong?: boolean;
}) => (
  <span className={classNames(css.label, css[verdict], strong && css.strong)}>
    <VerdictMark verdict={verdict} size={14} />
    <span>{children ?? verdictWord(verdict)}</span>
  </span>
);
