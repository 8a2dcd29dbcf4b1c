import type { ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import css from './imports.module.css';

/** The foot of a step: back on the left, on with it on the right. */
export const StepFoot = ({ onBack, children }: { onBack?: () => void; children?: ReactNode }) => (
  <div className={css.foot}>
    {onBack === undefined ? (
      <span />
    ) : (
      <Button size="form" onClick={onBack}>
        {t('import.back')}
      </Button>
    )}
    <span className={css.footEnd}>{children}</span>
  </div>
);
