import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import css from './imports.module.css';
import { w } from './words.ts';

type StepFootProps = { onBack?: () => void; start?: ReactNode; children?: ReactNode };

/** The foot of a step: back, or a way out, on the left, on with it on the right. */
export const StepFoot = ({ onBack, start, children }: StepFootProps) => (
  <div className={css.foot}>
    {onBack === undefined ? (
      <span>{start}</span>
    ) : (
      <Button size="form" onClick={onBack}>
        {w('import.back')}
      </Button>
    )}
    <span className={css.footEnd}>{children}</span>
  </div>
);
