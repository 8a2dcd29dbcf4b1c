import type { UnlimitedWire } from '@throughline/domain/wire-approval.ts';
import { t } from '../text/t.ts';
import { Link } from '../ui/link.tsx';
import css from './dialogs.module.css';

/** Said wherever somebody decides over a level that the table of authority limits for nobody (5.3, 8.3). */
export const Unlimited = ({ unlimited }: { unlimited: UnlimitedWire | undefined }) =>
  unlimited === undefined ? null : (
    <p className={css.unlimited}>
      {t('authority.unlimited')}{' '}
      {unlimited.edit ? <Link href="/authority">{t('authority.unlimited-edit')}</Link> : null}
    </p>
  );
